
import wagtail.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('practices', '0001_practices'),
    ]

    operations = [
        migrations.AddField(
            model_name='practicepage',
            name='tables',
            field=wagtail.fields.StreamField([('table', 3)], blank=True, block_lookup={0: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('problem', 'Problem'), ('set-up', 'Institutional set-up'), ('steps', 'What was done'), ('results', 'Results'), ('what-failed', 'What did not work'), ('conditions', 'Conditions for transfer'), ('building-blocks', 'Building blocks'), ('cost', 'Cost and time'), ('evidence', 'Evidence')], 'label': 'Section'}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'required': False}), 2: ('wagtail.contrib.table_block.blocks.TableBlock', (), {'label': 'Table'}), 3: ('wagtail.blocks.StructBlock', [[('section', 0), ('caption', 1), ('table', 2)]], {})}, help_text='Each stands below the text of its section.', verbose_name='tables'),
        ),
    ]
