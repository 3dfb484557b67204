"""Those whose posts a draft rests on hear of it, and whom to tell if it should not."""

from typing import Any

from communities import access
from communities.knowledge.material import Material
from communities.models import Thread
from core import mail
from users.models import User


def tell_cited(thread: Thread, material: Material, by: Any) -> None:
    """Tell, by mail, whoever wrote a post that was used and may still read the thread."""
    authors = {post.author_id or 0 for told in material.sentences() for post in told.posts}
    people = User.objects.filter(pk__in=authors, is_active=True)
    for person in people.exclude(pk=by.pk):
        if access.threads_for(person).filter(pk=thread.pk).exists():
            told = {"thread": thread, "title": material.title, "by": by}
            mail.send("community-cited", person, told, headers={"Reply-To": by.email})
