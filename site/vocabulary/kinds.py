"""The kinds of terms by the short names that filters, files and the API use."""

from vocabulary.models import (
    ActionPoint,
    Concept,
    Country,
    DataSourceType,
    DisaggregationVariable,
    PopulationGroup,
    Region,
    Term,
    Theme,
)

# Languages in the order in which they are asked and shown; the first is the one to fall back to.
LANGUAGES = ("en", "es", "fr", "ar")

# In the order of loading: a kind may point at terms of the kinds before it.
KINDS: dict[str, type[Term]] = {
    "region": Region,
    "country": Country,
    "action_point": ActionPoint,
    "theme": Theme,
    "data_source": DataSourceType,
    "population": PopulationGroup,
    "disaggregation": DisaggregationVariable,
    "concept": Concept,
}
