import type { Texts } from './initialising.ts'

const fastapi = `from fastapi import FastAPI
import joblib
from pydantic import BaseModel

app = FastAPI()
model = joblib.load("model.joblib")


class Flower(BaseModel):
    features: list[float]


@app.post("/predict")
def predict(flower: Flower):
    return {"species": int(model.predict([flower.features])[0])}


@app.get("/health")
def health():
    return {"status": "ok"}
`
const flask = `import os
import pickle

from flask import Flask, jsonify, request

app = Flask(__name__)
with open(os.path.join(os.path.dirname(__file__), "model.pkl"), "rb") as file:
    model = pickle.load(file)


@app.route("/score", methods=["POST"])
def score():
    return jsonify(score=float(model.predict([request.get_json()["values"]])[0]))


@app.route("/healthz")
def healthz():
    return "ok"


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=5001)
`
const flaskTest = `from app import app

BODY = {"values": [1, 2.5], "unit": None}


def test_refuses_nothing():
    assert app.test_client().post("/score", json={}).status_code == 400


def test_scores():
    answer = app.test_client().post("/score", json=BODY)
    assert answer.status_code == 200
`
const train = `import joblib
from sklearn.linear_model import LogisticRegression
import pandas as pd

data = pd.read_csv("data/flowers.csv")
joblib.dump(LogisticRegression().fit(data[["a"]], data["b"]), "model.joblib")
`
const notebook = JSON.stringify({
  cells: [{ cell_type: 'code', source: ['import joblib\n', 'rows = open("flowers.csv")\n', 'joblib.dump(model, "model.joblib")'] }],
  metadata: { language_info: { name: 'python', version: '3.12.4' } },
})
const pinned = 'fastapi==0.121.3\njoblib==1.5.2\npydantic==2.12.4\nscikit-learn==1.7.2\nuvicorn==0.38.0\n'
const uvLock = 'version = 1\n\n[[package]]\nname = "fastapi"\nversion = "0.121.3"\n\n[[package]]\nname = "uvicorn"\nversion = "0.38.0"\n'

/** Small projects in the styles that people have, without Dockerfile and workflow. */
export const projects = {
  'FastAPI with a model beside it': {
    'app.py': fastapi,
    'model.joblib': 'x',
    'requirements.txt': pinned,
    'tests/test_app.py': 'import app\n',
  },
  'FastAPI, trained by a script on data': {
    'app.py': fastapi,
    'train.py': train,
    'data/flowers.csv': 'a,b\n1,0\n',
    'requirements.txt': `${pinned}pandas==2.3.3\n`,
    '.python-version': '3.11\n',
    'tests/test_app.py': 'from app import app\n',
  },
  'Flask with a pickle at the root': {
    'app.py': flask,
    'model.pkl': 'x',
    'requirements.txt': 'flask==3.1.2\nscikit-learn==1.7.2\n',
    'runtime.txt': 'python-3.12.3\n',
    'tests/test_score.py': flaskTest,
  },
  'Flask with a factory and gunicorn': {
    'service/__init__.py': 'from flask import Flask\n\n\ndef create_app(config=None):\n    app = Flask(__name__)\n    return app\n',
    'requirements.txt': 'flask==3.1.2\ngunicorn==23.0.0\n',
  },
  'Poetry, a package': {
    'pyproject.toml':
      '[tool.poetry]\nname = "shop"\npackage-mode = false\n\n[tool.poetry.dependencies]\npython = "^3.11"\nfastapi = "^0.121"\n',
    'poetry.lock': uvLock,
    'shop/__init__.py': '',
    'shop/main.py': fastapi.replace('model.joblib', 'shop/model.joblib'),
    'shop/model.joblib': 'x',
    'tests/test_main.py': 'from shop.main import app\n',
  },
  'uv, in src': {
    'pyproject.toml': '[project]\nname = "shop"\nversion = "1"\nrequires-python = ">=3.11,<3.13"\ndependencies = ["fastapi"]\n',
    'uv.lock': uvLock,
    'src/shop/__init__.py': '',
    'src/shop/api.py': `from shop.settings import threshold\n${fastapi}`,
    'src/shop/settings.py': 'threshold = 0.5\n',
    'model.joblib': 'x',
  },
  Pipenv: {
    Pipfile: '[packages]\nfastapi = "*"\n\n[requires]\npython_version = "3.12"\n',
    'Pipfile.lock': '{"default": {"fastapi": {"version": "==0.121.3"}}}',
    'main.py': fastapi,
    'model.joblib': 'x',
  },
  'a notebook that trains': { 'app.py': fastapi, 'train.ipynb': notebook, 'flowers.csv': 'a\n', 'requirements.txt': pinned },
  'a notebook beside a model that is there': {
    'app.py': fastapi,
    'explore.ipynb': notebook,
    'model.joblib': 'x',
    'requirements.txt': pinned,
  },
  LitServe: {
    'server.py':
      'import litserve as ls\n\n\nclass Api(ls.LitAPI):\n    pass\n\n\nif __name__ == "__main__":\n    ls.LitServer(Api()).run(port=8001)\n',
    'requirements.txt': 'litserve==0.2.16\n',
  },
  BentoML: {
    'service.py':
      'import bentoml\n\n\n@bentoml.service(resources={"cpu": "1"})\nclass Iris:\n    @bentoml.api\n    def classify(self, x: list[float]) -> int:\n        return 0\n',
    'requirements.txt': 'bentoml==1.4.28\n',
  },
  'an MLflow model alone': {
    'model/MLmodel': 'flavors: {}\n',
    'model/model.pkl': 'x',
    'model/requirements.txt': 'mlflow==3.5.1\nscikit-learn==1.7.2\n',
  },
  'sentences with torch': {
    'app/main.py': `from embedder import embed\n\n${fastapi.replace('import joblib\n', '').replace('model = joblib.load("model.joblib")\n', '')}`,
    'app/embedder.py':
      'from sentence_transformers import SentenceTransformer\n\nmodel = SentenceTransformer("sentence-transformers/all-MiniLM-L6-v2")\n',
    'requirements.txt': 'fastapi[standard]==0.121.3\nsentence-transformers==5.1.2\nlightgbm==4.6.0\n',
  },
} as const satisfies Readonly<Record<string, Texts>>
