from src.train import train


def test_model_tells_the_wines_apart(tmp_path):
    assert train(tmp_path / "model.pkl") > 0.95


def test_training_is_reproducible(tmp_path):
    first, second = tmp_path / "first.pkl", tmp_path / "second.pkl"
    train(first)
    train(second)
    assert first.read_bytes() == second.read_bytes()
