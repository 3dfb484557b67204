"""Very many threads and posts at once, for tests of lists; all of it is invented."""

import datetime
from itertools import count, pairwise

from django.utils import timezone

from communities.models import CitedPage, Mention, Post, Thread

_number = count(1)
MINUTE = datetime.timedelta(minutes=1)


def threads(group, author, number, **fields):
    """So many threads with one post each, the last one written in last."""
    begun = timezone.now() - number * MINUTE
    rows = Thread.objects.bulk_create(
        [
            Thread(
                community=group,
                kind=["question", "challenge", "discussion"][each % 3],
                title=f"Thread {each} (invented)",
                language="en",
                author=author,
                country="GEO",
                post_count=1,
                last_post_at=begun + each * MINUTE,
                **fields,
            )
            for each in range(number)
        ],
        batch_size=1000,
    )
    Post.objects.bulk_create(
        [_post(thread, 1, author, f"Question {each}.") for each, thread in enumerate(rows)],
        batch_size=1000,
    )
    return rows


def posts(thread, author, number, called=(), cited=()):
    """So many more posts in a thread; each quotes the one before, calls and cites."""
    first = thread.post_count + 1
    rows = Post.objects.bulk_create(
        [
            _post(thread, each, author, f"Post **{each}** (invented).")
            for each in range(first, first + number)
        ]
    )
    for before, row in pairwise(rows):
        row.quoted = before
    Post.objects.bulk_update(rows, ["quoted"])
    Mention.objects.bulk_create([Mention(post=row, user=user) for row in rows for user in called])
    CitedPage.objects.bulk_create(
        [CitedPage(post=row, page_id=page) for row in rows for page in cited]
    )
    thread.post_count += number
    thread.save()
    return rows


def _post(thread, number, author, text):
    return Post(
        thread=thread,
        number=number,
        text=text,
        author=author,
        country="GEO",
        fingerprint=f"crowd-{next(_number)}",
    )
