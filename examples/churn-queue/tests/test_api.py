import pytest
from redis.exceptions import ConnectionError as RedisUnreachable

from app.main import app, redis_of
from tests.customers import LEAVING, LOYAL, UNDECIDED


def test_health(client):
    response = client.get("/health")
    assert response.status_code == 200
    assert response.json() == {"status": "healthy", "model_loaded": True}


@pytest.mark.parametrize(
    ("customer", "churn"),
    [
        pytest.param(UNDECIDED, False, id="undecided"),
        pytest.param(LOYAL, False, id="loyal"),
        pytest.param(LEAVING, True, id="leaving"),
    ],
)
def test_predicts_churn(client, customer, churn):
    response = client.post("/predict", json=customer)
    assert response.status_code == 200
    assert response.json()["churn"] is churn


@pytest.mark.parametrize("field", UNDECIDED)
def test_every_field_is_required(client, field):
    customer = {name: value for name, value in UNDECIDED.items() if name != field}
    assert client.post("/predict", json=customer).status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [{"tenure_months": -1}, {"monthly_charges": "free"}, {"num_products": 0}, {"has_support_calls": 7}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_rejects_impossible_values(client, wrong):
    assert client.post("/predict", json=UNDECIDED | wrong).status_code == 422


def test_predicts_without_the_queue_and_says_when_it_is_gone(client):
    def unreachable():
        raise RedisUnreachable

    app.dependency_overrides[redis_of] = unreachable
    assert client.post("/predict", json=LOYAL).status_code == 200
    assert client.put("/batches/monday", json={"customers": [LOYAL]}).status_code == 503
