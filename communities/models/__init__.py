"""What a community holds: its people, what they say, what they keep and what they decide."""

from communities.models.alert import FeedToken, Follow
from communities.models.attachment import Attachment
from communities.models.community import Community
from communities.models.decision import Decision, DecisionReview
from communities.models.event import Event
from communities.models.joining import Invitation, JoinRequest
from communities.models.knowledge import Outcome, Sentence, Summary
from communities.models.mail import Inbound, MailChoice, Notice, Quiet
from communities.models.membership import Membership
from communities.models.moderation import Act, Hiding, Report
from communities.models.post import CitedPage, EarlierText, Mention, Post
from communities.models.shelf import ShelfItem
from communities.models.thread import FirstAnswer, Thread

__all__ = [
    "Act",
    "Attachment",
    "CitedPage",
    "Community",
    "Decision",
    "DecisionReview",
    "EarlierText",
    "Event",
    "FeedToken",
    "FirstAnswer",
    "Follow",
    "Hiding",
    "Inbound",
    "Invitation",
    "JoinRequest",
    "MailChoice",
    "Membership",
    "Mention",
    "Notice",
    "Outcome",
    "Post",
    "Quiet",
    "Report",
    "Sentence",
    "ShelfItem",
    "Summary",
    "Thread",
]
