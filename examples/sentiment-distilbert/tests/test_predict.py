import json
from hashlib import sha256

import pytest
import redis

from app.predict import Predictor, connect


@pytest.fixture
def predictor(model_path, cache):
    return Predictor(model_path, cache)


def test_a_miss_is_remembered_for_an_hour_under_the_hash_of_the_text(predictor, cache):
    prediction = predictor.predict("I love this")
    (key,) = cache.keys()
    assert key == f"pred:{predictor.model_version}:{sha256(b'I love this').hexdigest()}"
    assert json.loads(cache.get(key)) == {"label": prediction.label, "score": prediction.score}
    assert 3590 < cache.ttl(key) <= 3600


def test_a_hit_does_not_ask_the_model(predictor, cache):
    predictor.predict("I love this")
    (key,) = cache.keys()
    cache.set(key, json.dumps({"label": "NEGATIVE", "score": 0.75}))
    assert predictor.predict("I love this") == ("NEGATIVE", 0.75, True)


def test_other_weights_have_answers_of_their_own(predictor, cache):
    predictor.predict("I love this")
    predictor.model_version = "another"
    assert predictor.predict("I love this").cached is False
    assert len(cache.keys()) == 2


@pytest.mark.parametrize("url", [None, "redis://127.0.0.1:1"], ids=["none", "down"])
def test_without_the_cache_the_model_answers(model_path, url):
    predictor = Predictor(model_path, connect(url))
    assert [predictor.predict("I hate this")[::2] for _ in range(2)] == [("NEGATIVE", False)] * 2


def test_connects_to_redis():
    connection = connect("redis://cache:6379")
    assert isinstance(connection, redis.Redis)
    assert connection.connection_pool.connection_kwargs["host"] == "cache"
