"""What is kept of workshops: their public pages, and how they are prepared, held and followed."""

from workshops.models.breakout import Breakout, BreakoutGroup, BreakoutQuestion, Note
from workshops.models.cafe import (
    Challenge,
    Choice,
    Decision,
    FollowUp,
    Recommendation,
    Round,
)
from workshops.models.desk import (
    AnnualReport,
    ChairTerm,
    Contribution,
    DataPack,
    WorkItem,
)
from workshops.models.page import (
    OrganiserManager,
    SurveyItem,
    WorkshopIndexPage,
    WorkshopOrganiser,
    WorkshopPage,
    WorkshopPractice,
    WorkshopSeries,
)
from workshops.models.registration import Registration
from workshops.models.report import CardOutcome, ReportConcept, ReportPage, Suggestion
from workshops.models.survey import (
    Agreement,
    Survey,
    SurveyAnswer,
    SurveyForm,
    SurveyInvitation,
    SurveyQuestion,
)
from workshops.models.travel import TravelRequest
from workshops.models.workshop import (
    AgendaItem,
    Facilitator,
    Workshop,
    WorkshopCountry,
    WorkshopDocument,
)

__all__ = [
    "AgendaItem",
    "Agreement",
    "AnnualReport",
    "Breakout",
    "BreakoutGroup",
    "BreakoutQuestion",
    "CardOutcome",
    "ChairTerm",
    "Challenge",
    "Choice",
    "Contribution",
    "DataPack",
    "Decision",
    "Facilitator",
    "FollowUp",
    "Note",
    "OrganiserManager",
    "Recommendation",
    "Registration",
    "ReportConcept",
    "ReportPage",
    "Round",
    "Suggestion",
    "Survey",
    "SurveyAnswer",
    "SurveyForm",
    "SurveyInvitation",
    "SurveyItem",
    "SurveyQuestion",
    "TravelRequest",
    "WorkItem",
    "Workshop",
    "WorkshopCountry",
    "WorkshopDocument",
    "WorkshopIndexPage",
    "WorkshopOrganiser",
    "WorkshopPage",
    "WorkshopPractice",
    "WorkshopSeries",
]
