import pytest

CUSTOMER = {
    "tenure_months": 12,
    "monthly_charges": 65.0,
    "total_charges": 780.0,
    "num_products": 2,
    "has_support_calls": 1,
}
LOYAL = CUSTOMER | {"tenure_months": 70, "total_charges": 4550.0, "num_products": 4, "has_support_calls": 0}
LEAVING = CUSTOMER | {"tenure_months": 1, "monthly_charges": 115.0, "total_charges": 115.0, "num_products": 1}


def test_health(client):
    response = client.get("/health")
    assert response.status_code == 200
    assert response.json() == {"status": "healthy", "model_loaded": True}


@pytest.mark.parametrize(
    ("customer", "churn"),
    [
        pytest.param(CUSTOMER, False, id="undecided"),
        pytest.param(LOYAL, False, id="loyal"),
        pytest.param(LEAVING, True, id="leaving"),
    ],
)
def test_predicts_churn(client, customer, churn):
    response = client.post("/predict", json=customer)
    assert response.status_code == 200
    assert response.json()["churn"] is churn
    assert response.json()["model_version"]


def test_leaving_is_likelier_than_undecided_than_loyal(client):
    leaving, undecided, loyal = (
        client.post("/predict", json=customer).json()["churn_probability"]
        for customer in (LEAVING, CUSTOMER, LOYAL)
    )
    assert 1 > leaving > undecided > loyal > 0


@pytest.mark.parametrize("field", CUSTOMER)
def test_every_field_is_required(client, field):
    customer = {name: value for name, value in CUSTOMER.items() if name != field}
    assert client.post("/predict", json=customer).status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [{"tenure_months": -1}, {"monthly_charges": "free"}, {"num_products": 0}, {"has_support_calls": 7}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_rejects_impossible_values(client, wrong):
    assert client.post("/predict", json=CUSTOMER | wrong).status_code == 422
