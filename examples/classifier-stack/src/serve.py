"""Serve the wine classifier over HTTP."""

import logging
import os
import pickle
import tomllib
from pathlib import Path

import numpy as np
from fastapi import FastAPI, Response
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, Info, generate_latest
from pydantic import BaseModel, Field
from redis import Redis

from src.cache import Answer, FeatureCache
from src.train import MODEL_PATH

FEATURES = 13
BAROLO = [14.23, 1.71, 2.43, 15.6, 127.0, 2.8, 3.06, 0.28, 2.29, 5.64, 1.04, 3.92, 1065.0]

logging.basicConfig(level=os.environ.get("LOG_LEVEL", "INFO"))
settings = tomllib.loads(Path("config/service.toml").read_text())
model_version = os.environ.get("MODEL_VERSION", "dev")
model = pickle.loads(MODEL_PATH.read_bytes())


def open_cache(url: str | None) -> FeatureCache | None:
    """The cache at a redis:// address; None without one."""
    if not url:
        return None
    timeout = settings["cache"]["timeout_seconds"]
    redis = Redis.from_url(url, socket_timeout=timeout, socket_connect_timeout=timeout)
    return FeatureCache(redis, model_version, settings["cache"]["ttl_seconds"])


cache = open_cache(os.environ.get("REDIS_URL"))

Info("model", "The model that is served").info({"version": model_version})
PREDICTIONS = Counter("predictions_total", "Predictions made", ["prediction"])
CONFIDENCE = Histogram("prediction_confidence", "How sure the model was", buckets=[0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1])

app = FastAPI(title="Wine classifier", version=model_version)


class PredictionRequest(BaseModel):
    features: list[float] = Field(min_length=FEATURES, max_length=FEATURES, examples=[BAROLO])


class PredictionResponse(BaseModel):
    prediction: float
    confidence: float


def classify(features: list[float]) -> Answer:
    row = np.array(features).reshape(1, -1)
    return {"prediction": float(model.predict(row)[0]), "confidence": float(model.predict_proba(row).max())}


@app.get("/health")
def health() -> dict[str, str]:
    return {"status": "healthy"}


@app.post("/predict")
def predict(request: PredictionRequest) -> PredictionResponse:
    answer = cache.get(request.features) if cache else None
    if answer is None:
        answer = classify(request.features)
        if cache:
            cache.put(request.features, answer)
    PREDICTIONS.labels(settings["model"]["classes"][int(answer["prediction"])]).inc()
    CONFIDENCE.observe(answer["confidence"])
    return PredictionResponse(**answer)


@app.get("/metrics", include_in_schema=False)
def metrics() -> Response:
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
