import pytest
from fakeredis import FakeServer, FakeRedis

from src.cache import Answer, FeatureCache

FEATURES = [1.0, 2.0]
ANSWER: Answer = {"prediction": 2.0, "confidence": 0.9}


@pytest.fixture
def server():
    return FakeServer()


def cache_of(server, version="v1", ttl_seconds=60):
    return FeatureCache(FakeRedis(server=server), version, ttl_seconds)


def test_gives_an_answer_back(server):
    assert cache_of(server).get(FEATURES) is None
    cache_of(server).put(FEATURES, ANSWER)
    assert cache_of(server).get(FEATURES) == ANSWER
    assert cache_of(server).get([2.0, 1.0]) is None


def test_another_model_does_not_get_it(server):
    cache_of(server, version="v1").put(FEATURES, ANSWER)
    assert cache_of(server, version="v2").get(FEATURES) is None


def test_an_answer_does_not_stay_for_ever(server):
    cache_of(server, ttl_seconds=60).put(FEATURES, ANSWER)
    [key] = FakeRedis(server=server).keys()
    assert 0 < FakeRedis(server=server).ttl(key) <= 60


def test_without_redis_everything_is_a_miss(server):
    server.connected = False
    cache_of(server).put(FEATURES, ANSWER)
    assert cache_of(server).get(FEATURES) is None


def test_the_service_asks_the_cache_first(serve, client, server, monkeypatch):
    monkeypatch.setattr(serve, "cache", cache_of(server))
    body = {"features": serve.BAROLO}
    first = client.post("/predict", json=body).json()
    monkeypatch.setattr(serve, "model", None)  # the second answer can only be from the cache
    assert client.post("/predict", json=body).json() == first


def test_the_service_answers_without_redis(serve, client, server, monkeypatch):
    server.connected = False
    monkeypatch.setattr(serve, "cache", cache_of(server))
    assert client.post("/predict", json={"features": serve.BAROLO}).status_code == 200


def test_a_service_without_an_address_has_no_cache(serve):
    assert serve.open_cache(None) is None
