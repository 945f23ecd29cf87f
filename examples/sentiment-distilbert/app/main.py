"""Serve the sentiment model over HTTP."""

import os
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from pydantic import BaseModel, Field

from app.predict import MODEL_PATH, Predictor, connect


class Text(BaseModel):
    text: str = Field(min_length=1, max_length=10_000, examples=["I love this"])


class Sentiment(BaseModel):
    label: str = Field(description="POSITIVE or NEGATIVE")
    score: float
    cached: bool = Field(description="whether the answer is one of the last hour")
    model_version: str


class Health(BaseModel):
    status: str
    model_loaded: bool


@asynccontextmanager
async def lifespan(app: FastAPI):
    app.state.predictor = Predictor(MODEL_PATH, connect(os.environ.get("REDIS_URL")))
    yield


app = FastAPI(title="Sentiment", lifespan=lifespan)


@app.post("/predict")
def predict(text: Text, request: Request) -> Sentiment:
    predictor = request.app.state.predictor
    return Sentiment(**predictor.predict(text.text)._asdict(), model_version=predictor.model_version)


@app.get("/health")
def health(request: Request) -> Health:
    return Health(status="healthy", model_loaded=request.app.state.predictor is not None)
