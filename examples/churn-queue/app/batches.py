"""Batches of customers, on their way through Redis from the API to the worker and back."""

import os
from typing import Annotated, Literal

from pydantic import BaseModel, Field
from redis import Redis

from app.model import Churn, Customer

QUEUE = "churn:queue"
TAKEN = "churn:taken"
KEPT_SECONDS = 24 * 60 * 60


class Batch(BaseModel):
    customers: Annotated[list[Customer], Field(min_length=1, max_length=10_000)]


class Job(Batch):
    name: str


class Progress(BaseModel):
    name: str
    state: Literal["queued", "done"]
    predictions: list[Churn] | None = None


def connect() -> Redis:
    return Redis.from_url(os.environ.get("REDIS_URL", "redis://localhost:6379/0"), decode_responses=True)


def enqueue(redis: Redis, job: Job) -> Progress:
    """Put a job at the end of the queue. The same name again starts anew."""
    progress = Progress(name=job.name, state="queued")
    with redis.pipeline(transaction=True) as both:
        record(both, progress)
        both.lpush(QUEUE, job.model_dump_json())
        both.execute()
    return progress


def record(redis: Redis, progress: Progress) -> None:
    redis.set(f"churn:batch:{progress.name}", progress.model_dump_json(), ex=KEPT_SECONDS)


def find(redis: Redis, name: str) -> Progress | None:
    stored = redis.get(f"churn:batch:{name}")
    return None if stored is None else Progress.model_validate_json(stored)
