"""Small words (folded) that say nothing about what is searched, by language."""

_LISTS = {
    "en": """a about above across after again against all almost along already also although
        always am among an and another any anyone anything are around as ask at away back
        be became because become been before behind being below best better between both but by call
        came can cannot come could did do does doing done down during each either else
        enough especially etc even ever every everyone everything find for from further
        gave get give given go got had has have having he her here hers him his how
        however i if in instead into is it its itself just keep kept know known let like
        made make makes many may me might mine more most much must my myself need never no
        nobody none nor not nothing now of off often on once one only onto or other others
        our ours out over own per please put quite rather really said same say says see
        seen shall she should show since so some somebody someone something sometimes
        still such take taken tell than that the their theirs them themselves then there
        therefore these they thing things this those though through thus to together too
        toward towards under until up upon us use used using various very via want was way
        ways we well went were what whatever when where whether which while who whole whom
        whose why will with within without would yet you your yours several""",
    "es": """a al algo alguien algun alguna algunas alguno algunos ante antes aquel aquella
        aquellas aquellos aqui asi aun aunque cada como con contra cosa cosas cual cuales
        cualquier cuando cuanto cuantos cuya cuyas cuyo cuyos da dan dar de debe deben
        debido del demas desde despues dice donde dos durante e el ella ellas ello ellos
        en encontrar entonces entre era eran eres es esa esas ese eso esos esta estaba
        estan estar estas este esto estos fue fueron gran ha haber habia hace hacen hacer
        hacia han hasta hay he hemos incluso la las le les lo los mas me mediante mejor
        menos mi mientras mis misma mismas mismo mismos mucha muchas mucho muchos muy nada
        mejores nadie ni ningun ninguna no nos nosotros nuestra nuestras nuestro nuestros
        nunca o os otra otras otro otros para pero poco por porque primero pueda puede pueden pues
        que quien quienes sea sean segun ser si sido siempre sin sino sobre solo somos son
        su sus tal tales tambien tan tanto te tener tenia ti tiene tienen toda todas
        todavia todo todos traves tras tu tus u un una unas uno unos usa usan usar usted
        ustedes va varias varios y ya yo""",
    "fr": """a afin ai ainsi alors apres au aucun aucune aujourd aupres auquel aussi autour
        autre autres aux avait avant avec avoir avons c ca car ce ceci cela celle celles
        meilleur meilleure meilleures meilleurs
        celui cependant certain certaines certains ces cet cette ceux chacun chaque chez
        ci comme comment contre d dans de deja depuis des dessous dessus deux devant doit
        doivent donc dont du elle elles en encore enfin entre est et etaient etait etant
        etc ete etre eu eux faire fait faut fois font furent fut grace hors ici il ils j
        jamais je jusqu jusque l la laquelle le lequel les lesquelles lesquels leur leurs
        lors lorsque lui m ma mais malgre me meme memes mes mettre mieux moins mon n ne ni
        non nos notre nous on ont ou outre par parce parfois parmi pas pendant peu peut
        peuvent plupart plus plusieurs plutot pour pourquoi pouvoir presque pres puis
        puisque qu quand quant que quel quelle quelles quelque quelques quels qui quoi s
        sa sans se selon sera seront ses seulement si sinon soit sommes son sont sous
        souvent suis sur t ta tandis tant te tel telle telles tels tes toi ton toujours
        tous tout toute toutes tres trouver tu un une utiliser vers via voici voila vos
        votre vous y""",
    "ar": """من في علي الي عن مع هو هي هم هما نحن انا انت ما ماذا لماذا كيف متي اين هل هذا هذه
        ذلك تلك هولاء التي الذي الذين اللذين او ان انه انها انهم كان كانت كانوا يكون تكون
        قد لقد لا لم لن ليس كل بعض بين بعد قبل عند عندما حيث كما ايضا ثم و ف ب ل تم يتم اي
        غير منذ حتي اذا لكن بل حول خلال دون ضد نحو فوق تحت امام لدي له لها لهم به بها بهم
        افضل فيه فيها منه منها عليه عليها الا يمكن يجب هناك هنا كم كيفيه عبر""",
}
STOPWORDS: dict[str, frozenset[str]] = {
    language: frozenset(text.split()) for language, text in _LISTS.items()
}
