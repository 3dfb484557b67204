"""What is kept of a country: its page, and what its team says of it, row by row public or not."""

from countries.models.assessment import Answer, Assessment, Reopening
from countries.models.commitment import Commitment, ProgressNote
from countries.models.gap import Condition, Gap, GapKind, GapRule
from countries.models.goal import Goal
from countries.models.page import CountryIndexPage, CountryPage
from countries.models.profile import ProfileEntry
from countries.models.questionnaire import (
    Choice,
    Module,
    Question,
    Questionnaire,
    QuestionnaireVersion,
)
from countries.models.register import DataSource
from countries.models.said import OfCountry
from countries.models.topic import MapTopic

__all__ = [
    "Answer",
    "Assessment",
    "Choice",
    "Commitment",
    "Condition",
    "CountryIndexPage",
    "CountryPage",
    "DataSource",
    "Gap",
    "GapKind",
    "GapRule",
    "Goal",
    "MapTopic",
    "Module",
    "OfCountry",
    "ProfileEntry",
    "ProgressNote",
    "Question",
    "Questionnaire",
    "QuestionnaireVersion",
    "Reopening",
]
