from collections.abc import Iterator

import pytest
from fakeredis import FakeRedis
from fastapi.testclient import TestClient
from redis import Redis

from app.main import app, redis_of
from app.model import ChurnModel
from app.train import MODEL_PATH, train


@pytest.fixture(scope="session")
def model() -> ChurnModel:
    train(MODEL_PATH)
    return ChurnModel(MODEL_PATH)


@pytest.fixture
def redis() -> Redis:
    return FakeRedis(decode_responses=True)


@pytest.fixture
def client(model: ChurnModel, redis: Redis) -> Iterator[TestClient]:
    app.dependency_overrides[redis_of] = lambda: redis
    with TestClient(app) as client:
        yield client
    app.dependency_overrides.clear()
