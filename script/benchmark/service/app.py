"""Serve the iris classifier over HTTP."""

import os

import joblib
from fastapi import FastAPI
from pydantic import BaseModel, Field

app = FastAPI(title="Iris classifier")
model = joblib.load(os.environ.get("MODEL_PATH", "model/classifier.joblib"))


class PredictRequest(BaseModel):
    features: list[float] = Field(
        min_length=4,
        max_length=4,
        description="sepal length, sepal width, petal length, petal width; in cm",
        examples=[[5.1, 3.5, 1.4, 0.2]],
    )


class PredictResponse(BaseModel):
    prediction: int = Field(description="0 setosa, 1 versicolor, 2 virginica")
    probability: float


@app.post("/predict")
def predict(request: PredictRequest) -> PredictResponse:
    probabilities = model.predict_proba([request.features])[0]
    prediction = int(probabilities.argmax())
    return PredictResponse(prediction=prediction, probability=probabilities[prediction])


@app.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}
