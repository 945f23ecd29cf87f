import fakeredis
import pytest
from fastapi.testclient import TestClient

from app import main
from app.predict import MODEL_PATH
from make_model import make_model


@pytest.fixture(scope="session", autouse=True)
def model_path():
    """Makes model/distilbert-sentiment, which the volume holds; weights that are there are tested as they are."""
    if not (MODEL_PATH / "config.json").exists():
        make_model(MODEL_PATH)
    return MODEL_PATH


@pytest.fixture
def cache():
    return fakeredis.FakeRedis(decode_responses=True)


@pytest.fixture
def client(model_path, cache, monkeypatch):
    monkeypatch.setattr(main, "connect", lambda url: cache)
    with TestClient(main.app) as client:
        yield client
