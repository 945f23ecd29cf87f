"""Serve the churn model over HTTP."""

import hashlib
import logging
import os
from contextlib import asynccontextmanager
from typing import Literal

import joblib
from fastapi import FastAPI, Request
from pydantic import BaseModel, ConfigDict, Field

from src.train import FEATURES, MODEL_PATH

logging.basicConfig(level=os.environ.get("LOG_LEVEL", "INFO"))
logger = logging.getLogger(__name__)


class Customer(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "tenure_months": 12,
                    "monthly_charges": 65.0,
                    "total_charges": 780.0,
                    "num_products": 2,
                    "has_support_calls": 1,
                }
            ]
        }
    )

    tenure_months: int = Field(ge=0)
    monthly_charges: float = Field(ge=0)
    total_charges: float = Field(ge=0)
    num_products: int = Field(ge=1)
    has_support_calls: Literal[0, 1]


class Churn(BaseModel):
    churn: bool
    churn_probability: float
    model_version: str


class Health(BaseModel):
    status: str
    model_loaded: bool


@asynccontextmanager
async def lifespan(app: FastAPI):
    app.state.model = joblib.load(MODEL_PATH)
    app.state.model_version = hashlib.sha256(MODEL_PATH.read_bytes()).hexdigest()[:12]
    app.state.threshold = float(os.environ.get("CHURN_THRESHOLD", "0.5"))
    logger.info("model %s, threshold %s", app.state.model_version, app.state.threshold)
    yield


app = FastAPI(title="Churn prediction", lifespan=lifespan)


@app.post("/predict")
def predict(customer: Customer, request: Request) -> Churn:
    state = request.app.state
    features = [getattr(customer, name) for name in FEATURES]
    probability = state.model.predict_proba([features])[0, 1]
    return Churn(
        churn=probability >= state.threshold,
        churn_probability=round(probability, 4),
        model_version=state.model_version,
    )


@app.get("/health")
def health(request: Request) -> Health:
    return Health(status="healthy", model_loaded=request.app.state.model is not None)
