"""Load the model, predict, and remember what was predicted."""

import hashlib
import json
import logging
import os
from pathlib import Path
from typing import NamedTuple

import redis
from transformers import pipeline

MODEL_PATH = Path(os.environ.get("MODEL_PATH", "model/distilbert-sentiment"))
REMEMBERED_SECONDS = 3600

logger = logging.getLogger(__name__)


class Prediction(NamedTuple):
    label: str
    score: float
    cached: bool


def connect(url: str | None) -> redis.Redis | None:
    """The cache at a URL; none without one."""
    if not url:
        return None
    return redis.Redis.from_url(url, decode_responses=True, socket_connect_timeout=1, socket_timeout=1)


class Predictor:
    """A fine-tuned DistilBERT and a cache of what it has answered. Without the cache it is slower, and as right."""

    def __init__(self, model_path: Path, cache: redis.Redis | None) -> None:
        self._classify = pipeline("sentiment-analysis", model=str(model_path), device="cpu")
        self._cache = cache
        # Other weights give other answers, which do not mix in the cache.
        self.model_version = hashlib.sha256((model_path / "model.safetensors").read_bytes()).hexdigest()[:12]

    def predict(self, text: str) -> Prediction:
        key = f"pred:{self.model_version}:{hashlib.sha256(text.encode()).hexdigest()}"
        if remembered := self._recall(key):
            return Prediction(**json.loads(remembered), cached=True)
        result = self._classify(text, truncation=True)[0]
        answer = {"label": result["label"], "score": round(result["score"], 4)}
        self._remember(key, json.dumps(answer))
        return Prediction(**answer, cached=False)

    def _recall(self, key: str) -> str | None:
        try:
            return self._cache.get(key) if self._cache else None
        except redis.RedisError as error:
            logger.warning("the cache does not answer: %s", error)
            return None

    def _remember(self, key: str, answer: str) -> None:
        try:
            if self._cache:
                self._cache.setex(key, REMEMBERED_SECONDS, answer)
        except redis.RedisError as error:
            logger.warning("the cache does not take an answer: %s", error)
