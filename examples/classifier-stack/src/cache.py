"""Answers that were given before, in Redis, by their features."""

import hashlib
import json
from collections.abc import Sequence
from typing import TypedDict

from prometheus_client import Counter
from redis import Redis, RedisError

LOOKUPS = Counter("feature_cache_lookups_total", "Looks into the feature cache", ["result"])


class Answer(TypedDict):
    prediction: float
    confidence: float


class FeatureCache:
    """A service without its cache is slower, and still right: when Redis does not answer, every look is a miss."""

    def __init__(self, redis: Redis, model_version: str, ttl_seconds: int) -> None:
        self._redis = redis
        self._model_version = model_version
        self._ttl_seconds = ttl_seconds

    def get(self, features: Sequence[float]) -> Answer | None:
        try:
            found = self._redis.get(self._key(features))
        except RedisError:
            LOOKUPS.labels("error").inc()
            return None
        LOOKUPS.labels("miss" if found is None else "hit").inc()
        return None if found is None else json.loads(found)

    def put(self, features: Sequence[float], answer: Answer) -> None:
        try:
            self._redis.set(self._key(features), json.dumps(answer), ex=self._ttl_seconds)
        except RedisError:
            pass  # counted by the look before

    def _key(self, features: Sequence[float]) -> str:
        """Another model gives other answers: its version is part of the key."""
        digest = hashlib.sha256(json.dumps(list(features)).encode()).hexdigest()
        return f"answer:{self._model_version}:{digest}"
