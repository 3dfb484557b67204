"""The words by which mail programs announce what they quote, in four languages and beyond.

All patterns are tried on single short lines without marks of direction, and none can match a part
of a line in two ways: the time that they take grows with the length of the text alone.
"""

import re

# "On … wrote:" of Gmail, Apple, Thunderbird, Yahoo, Roundcube. In Arabic the name may follow.
OPENINGS = ("On ", "El ", "Le ", "Em ", "Am ", "في ", "بتاريخ ", "يوم ")
CLOSINGS = ("wrote:", "escribió:", "a écrit :", "a écrit:", "escreveu:", "schrieb:")
ARABIC_VERBS = ("كتب", "كتابة ما يلي بواسطة")
TIME = re.compile(r"\d{1,2}[:.h]\d{2}")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
ADDRESS = re.compile(r"[<(][^<>()\s]{1,200}@[^<>()\s@]{1,200}[>)]")
# Zoho puts its attribution between dashes.
DASHED = re.compile(r"-{3,} (?=[^@]{1,200}@).{10,300} -{3,}")

# The head of a quoted mail as Outlook, Zimbra and Samsung write it, each name with its kind.
HEADS = {
    "from": ("From", "De", "من", "Von", "От"),
    "date": (
        *("Sent", "Date", "Enviado el", "Enviado", "Enviados", "Enviada", "Fecha", "Data"),
        *("Envoyé", "Envoyé le", "تاريخ الإرسال", "تم الإرسال", "مرسلة", "التاريخ", "أرسلت"),
        *("Gesendet", "Datum", "Отправлено", "Дата"),
    ),
    "to": ("To", "Para", "A", "À", "Pour", "إلى", "An", "Кому"),
    "copy": ("Cc", "CC", "نسخة", "Копия"),
    "subject": ("Subject", "Asunto", "Objet", "Sujet", "Assunto", "الموضوع", "Betreff", "Тема"),
}
KIND_OF_HEAD = {name.casefold(): kind for kind, names in HEADS.items() for name in names}
HEAD = re.compile(r"\*{0,2}([^\W\d_][^:*\n]{0,24}?) ?:\*{0,2}(?: |$)")
ORIGINAL = re.compile(
    r"[-_]{3,} ?(?:original message|mensaje original|mail original|message d.origine|"
    r"message original|mensagem original|ursprüngliche nachricht|الرسالة الأصلية|"
    r"исходное сообщение) ?[-_]{3,}",
    re.IGNORECASE,
)
RULE = re.compile(r"[-_=*]{5,}")

# What telephones and free mail services put below every mail.
SENT_FROM = re.compile(
    r"(?:sent (?:from|via|with)|get outlook|enviado (?:desde|con)|obtener outlook|"
    r"envoyé (?:de|depuis|avec|à partir de)|télécharger outlook|obtenez outlook|"
    r"أُ?رسلت من|تم الإرسال من|مرسل من|الحصول على outlook|"
    r"enviado do|gesendet von) ?"
    r"(?:(?:my|mi|mon|meu|meinem|the|un|الـ|for|para|pour|لـ|جهاز|بريد) ?){0,3}"
    r"(?:mobile |appareil |dispositivo |smartphone |téléphone |móvil |compte |new )*"
    r"(?:iphone|ipad|galaxy|samsung|huawei|xiaomi|android|blackberry|nokia|outlook|yahoo|gmail|"
    r"mail|courrier|correo|proton|phone|teléfono|téléphone|mobile|móvil|ios|windows|هاتف)"
    r"[^.?!؟]{0,60}",
    re.IGNORECASE,
)

# Warnings that offices put below every mail: how they begin, and what they speak of.
LEGAL_BEGINNINGS = re.compile(
    r"\W{0,4}(?:confidentiality|confidential|disclaimer|legal notice|privileged|important notice|"
    r"this (?:e-?mail|message|communication)|the information (?:contained )?in this|"
    r"the contents of this|aviso|este (?:correo|mensaje|e-?mail)|la información contenida|"
    r"nota de confidencialidad|advertencia|avis|ce (?:message|courriel|mail|courrier)|"
    r"les informations contenues|clause de confidentialité|mention légale|avertissement|"
    r"إخلاء|تنويه|تنبيه|إشعار|هذه الرسالة|هذا البريد|المعلومات الواردة)",
    re.IGNORECASE,
)
LEGAL_SUBJECTS = re.compile(
    r"confidential|attachment|intended|recipient|addressee|disclos|unauthori[sz]ed|in error|"
    r"confidencial|adjunto|destinatari|por error|divulg|no autorizad|"
    r"confidentiel|pièces? jointe|destinataire|par erreur|non autorisé|"
    r"سري|مرفق|المرسل إليه|المرسل إليهم|المستلم|عن طريق الخطأ|بطريق الخطأ",
    re.IGNORECASE,
)
# What protects trees, or was said by a scanner for viruses.
FOOTERS = re.compile(
    r"\W{0,4}(?:please (?:consider|think)|before printing|antes de imprimir|"
    r"avant d.imprimer|pensez à l.environnement|n.imprimez|قبل طباعة|فكر في البيئة|"
    r"virus-free|this (?:e-?mail|message) has been (?:checked|scanned) for virus|libre de virus|"
    r"garanti sans virus|sans virus|خال من الفيروسات)",
    re.IGNORECASE,
)
POSTSCRIPT = re.compile(r"\s*(?:P\.? ?-?[SD]\b|NB\b|N\.B\.|ملاحظة|ملحوظة)", re.IGNORECASE)

# Who writes so answers inside what is quoted, in another colour; plain text does not show it.
ANSWERS_INSIDE = re.compile(
    r"\b(?:in[- ]?line|(?:see|answers?|comments?|replies|remarks)(?: are| is)? below|below in|"
    r"in (?:red|blue|green|bold|colou?r)|"
    r"(?:respuestas?|comentarios?|ver|véanse?)(?: están| está)? (?:más )?abajo|abajo en|"
    r"en (?:rojo|azul|verde|negrita|color)|entre l[ií]neas|"
    r"(?:r[eé]ponses?|commentaires?|voir)(?: sont| est)? ci-dessous|ci-dessous en|plus bas|"
    r"en (?:rouge|bleu|vert|gras|couleur)|dans le texte)\b|"
    r"أدناه|في الأسفل|بالأحمر|بالأزرق|بالأخضر|باللون|بين السطور",
    re.IGNORECASE,
)
