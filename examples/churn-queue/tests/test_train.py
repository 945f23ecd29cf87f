from app.train import train


def test_model_tells_leavers_from_stayers(tmp_path):
    assert train(tmp_path / "churn.ubj") > 0.7


def test_training_is_reproducible(tmp_path):
    first, second = tmp_path / "first.ubj", tmp_path / "second.ubj"
    train(first)
    train(second)
    assert first.read_bytes() == second.read_bytes()
