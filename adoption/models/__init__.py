"""What is kept of the exchange on a practice.

Nothing here is a page or a snippet, and nothing counts as a "use" of a practice in the editor:
who wrote what, and above all who checked what for their own country, is for those who may see it.
"""

from adoption.models.feedback import EarlierText, Feedback, Hiding, TakenOver
from adoption.models.fit import FitAnswer, FitCheck
from adoption.models.trail import Adoption, AdoptionCondition, OriginAnswer
from adoption.models.truth import GuidanceCheck, TruthAnswer, TruthQuestion

__all__ = [
    "Adoption",
    "AdoptionCondition",
    "EarlierText",
    "Feedback",
    "FitAnswer",
    "FitCheck",
    "GuidanceCheck",
    "Hiding",
    "OriginAnswer",
    "TakenOver",
    "TruthAnswer",
    "TruthQuestion",
]
