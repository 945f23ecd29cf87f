"""Serve the churn model over HTTP: one customer at once, batches by way of the worker."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Path, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from redis import Redis
from redis.exceptions import ConnectionError as RedisUnreachable

from app.batches import Batch, Job, Progress, connect, enqueue, find
from app.model import Churn, ChurnModel, Customer


class Health(BaseModel):
    status: str
    model_loaded: bool


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.model = ChurnModel()
    app.state.redis = connect()  # connects when it is first asked: predict and health do without
    yield


def redis_of(request: Request) -> Redis:
    return request.app.state.redis


Queue = Annotated[Redis, Depends(redis_of)]
Name = Annotated[str, Path(pattern=r"^[\w-]{1,64}$")]
app = FastAPI(title="Churn prediction", lifespan=lifespan)


@app.exception_handler(RedisUnreachable)
def no_queue(request: Request, error: RedisUnreachable) -> JSONResponse:
    return JSONResponse({"detail": "The queue cannot be reached."}, status_code=503)


@app.get("/health")
def health(request: Request) -> Health:
    return Health(status="healthy", model_loaded=request.app.state.model is not None)


@app.post("/predict")
def predict(customer: Customer, request: Request) -> Churn:
    return request.app.state.model.predict([customer])[0]


@app.put("/batches/{name}", status_code=202)
def put_batch(name: Name, batch: Batch, redis: Queue) -> Progress:
    return enqueue(redis, Job(name=name, customers=batch.customers))


@app.get("/batches/{name}")
def get_batch(
    name: Name, redis: Queue, response: Response, wait: Annotated[float, Query(ge=0, le=30)] = 0
) -> Progress:
    """How far a batch is: 202 while it is queued; an answer that is not there yet is waited for."""
    until = time.monotonic() + wait
    while (progress := find(redis, name)) is not None:
        if progress.state == "done":
            return progress
        if time.monotonic() >= until:
            response.status_code = 202
            return progress
        time.sleep(0.05)
    raise HTTPException(404, f"There is no batch {name}.")
