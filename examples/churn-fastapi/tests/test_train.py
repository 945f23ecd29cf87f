import json

from src.train import train


def test_model_tells_leavers_from_stayers(tmp_path):
    roc_auc = train(tmp_path / "model.joblib")
    assert roc_auc > 0.7
    assert json.loads((tmp_path / "metrics.json").read_text()) == {"roc_auc": roc_auc}


def test_training_is_reproducible(tmp_path):
    first, second = tmp_path / "first.joblib", tmp_path / "second.joblib"
    train(first)
    train(second)
    assert first.read_bytes() == second.read_bytes()
