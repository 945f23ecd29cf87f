import type { Project } from '../looking.ts'

/** What a rule finds, and what looks like it and is none. `fixed: false` where no diff can be given. */
export type Case = Readonly<{
  rule: string
  name: string
  hit: Project
  fixed?: false
  line?: number
  file?: string
  near: readonly Project[]
}>

const slim = 'FROM python:3.12-slim\n'
const exec = (...words: readonly string[]) => `CMD ${JSON.stringify(words)}\n`
const uvicorn = exec('uvicorn', 'app:app', '--host', '0.0.0.0', '--port', '8000')
const api = 'from fastapi import FastAPI\napp = FastAPI()\n'
const weights = 'w'.repeat(11_000_000)

export const cases: readonly Case[] = [
  {
    rule: 'loopback-server',
    name: 'an address in the exec form',
    hit: { dockerfile: `${slim}CMD ["uvicorn", "app:app", "--host", "127.0.0.1", "--port", "80"]\n` },
    near: [{ dockerfile: slim + uvicorn }, { dockerfile: `${slim}HEALTHCHECK CMD curl http://127.0.0.1:8000\n${uvicorn}` }],
  },
  {
    rule: 'loopback-server',
    name: 'an address with a port, in the shell form',
    hit: { dockerfile: `${slim}CMD gunicorn -b 127.0.0.1:8000 app:app\n` },
    near: [{ dockerfile: `${slim}CMD gunicorn -b :8000 app:app\n` }],
  },
  {
    rule: 'loopback-server',
    name: 'the default of uvicorn',
    hit: { dockerfile: `${slim}ENTRYPOINT ["uvicorn"]\nCMD ["app:app"]\n` },
    line: 3,
    near: [
      { dockerfile: `${slim}ENV UVICORN_HOST=0.0.0.0\nCMD ["uvicorn", "app:app"]\n` },
      { dockerfile: `${slim}CMD ["uvicorn", "app:app", "--uds", "/run/app.sock"]\n` },
      { dockerfile: `${slim}CMD ["gunicorn", "-k", "uvicorn.workers.UvicornWorker", "-b", "0.0.0.0:80", "app:app"]\n` },
    ],
  },
  {
    rule: 'loopback-server',
    name: 'the default of gunicorn, by a shell',
    hit: { dockerfile: `${slim}CMD ["sh", "-c", "gunicorn app:app --workers $WORKERS"]\n` },
    near: [
      { dockerfile: `${slim}ENV PORT=8080\nCMD ["gunicorn", "app:app"]\n` },
      { dockerfile: `${slim}CMD ["gunicorn", "app:app"]\n`, files: { 'gunicorn.conf.py': 'bind = "0.0.0.0:80"\n' } },
    ],
  },
  {
    rule: 'loopback-server',
    name: "the default of Flask's run() in the code",
    hit: {
      dockerfile: `${slim}CMD ["python", "app.py"]\n`,
      files: { 'app.py': 'import flask\napp = flask.Flask(__name__)\n\napp.run(port=5000)\n' },
    },
    file: 'app.py',
    line: 4,
    near: [
      { dockerfile: `${slim}CMD ["python", "app.py"]\n`, files: { 'app.py': 'import flask\napp.run(host="0.0.0.0", port=5000)\n' } },
      { dockerfile: slim + uvicorn, files: { 'app.py': 'import flask\napp.run(port=5000)\n' } },
    ],
  },
  {
    rule: 'port-mismatch',
    name: 'another port than EXPOSE says',
    hit: { dockerfile: `${slim}EXPOSE 8080\n${uvicorn}` },
    line: 2,
    near: [
      { dockerfile: `${slim}EXPOSE 8000\n${uvicorn}` },
      { dockerfile: `${slim}EXPOSE 9090 8000/tcp\n${uvicorn}` },
      { dockerfile: slim + uvicorn },
      { dockerfile: `${slim}ENV PORT=80\nEXPOSE $PORT\nCMD uvicorn app:app --host 0.0.0.0 --port $PORT\n` },
    ],
  },
  {
    rule: 'development-server',
    name: '--reload',
    hit: { dockerfile: `${slim}CMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--reload"]\n` },
    near: [{ dockerfile: slim + uvicorn }],
  },
  {
    rule: 'development-server',
    name: 'fastapi dev, in the shell form',
    hit: { dockerfile: `${slim}CMD fastapi dev app.py --host 0.0.0.0\n` },
    near: [{ dockerfile: `${slim}CMD fastapi run app.py\n` }],
  },
  {
    rule: 'development-server',
    name: 'flask run, where gunicorn is at hand',
    hit: {
      dockerfile: `${slim}CMD ["flask", "--app", "serve", "run", "--host", "0.0.0.0"]\n`,
      files: { 'requirements.txt': 'flask\ngunicorn==23.0.0\n' },
    },
    near: [{ dockerfile: `${slim}CMD ["gunicorn", "-b", "0.0.0.0:5000", "serve:app"]\n` }],
  },
  {
    rule: 'development-server',
    name: 'the debugger by a variable',
    hit: { dockerfile: `${slim}ENV FLASK_DEBUG=1 A=b\n${uvicorn}` },
    near: [{ dockerfile: `${slim}ENV FLASK_DEBUG=0\n${uvicorn}` }],
  },
  {
    rule: 'development-server',
    name: 'debug=True in the code',
    hit: { dockerfile: `${slim}CMD ["python", "app.py"]\n`, files: { 'app.py': 'app.run(host="0.0.0.0", debug=True)\n' } },
    file: 'app.py',
    near: [{ dockerfile: slim + uvicorn, files: { 'app.py': 'app.run(host="0.0.0.0", debug=True)\n' } }],
  },
  {
    rule: 'apt-lists',
    name: 'lists that stay',
    hit: { dockerfile: `${slim}RUN apt-get update && \\\n    apt-get install -y libgomp1\n` },
    near: [
      { dockerfile: `${slim}RUN apt-get update && apt-get install -y libgomp1 && rm -rf /var/lib/apt/lists/*\n` },
      { dockerfile: `${slim}RUN --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y libgomp1\n` },
      {
        dockerfile: `${slim.trim()} AS build\nRUN apt-get update && apt-get install -y libgomp1\n${slim}COPY --from=build /usr/lib /usr/lib\n`,
      },
    ],
  },
  {
    rule: 'apt-upgrade',
    name: 'an upgrade in the build',
    hit: { dockerfile: `${slim}RUN apt-get update && apt-get upgrade -y && apt-get install -y libgomp1 && rm -rf /var/lib/apt/lists/*\n` },
    near: [
      {
        dockerfile: `${slim}RUN apt-get update && apt-get install -y libgomp1 && rm -rf /var/lib/apt/lists/*\nRUN pip install --upgrade pip\n`,
      },
    ],
  },
  {
    rule: 'pip-cache',
    name: 'pip with its cache',
    hit: { dockerfile: `${slim}RUN pip install --upgrade pip && \\\n    pip install -r requirements.txt\n` },
    near: [
      { dockerfile: `${slim}RUN pip install --no-cache-dir -r requirements.txt\n` },
      { dockerfile: `${slim}RUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt\n` },
      { dockerfile: `${slim}ENV PIP_NO_CACHE_DIR=1\nRUN pip install -r requirements.txt\n` },
      { dockerfile: `${slim.trim()} AS build\nRUN pip install --prefix=/x -r requirements.txt\n${slim}COPY --from=build /x /usr/local\n` },
      { dockerfile: `${slim}RUN uv pip install --system -r requirements.txt\n` },
    ],
  },
  {
    rule: 'conda-cache',
    name: 'conda with its packages',
    hit: { dockerfile: 'FROM continuumio/miniconda3:24.9.2-0\nRUN conda env create -f environment.yml\n' },
    near: [{ dockerfile: 'FROM continuumio/miniconda3:24.9.2-0\nRUN conda env create -f environment.yml && conda clean -afy\n' }],
  },
  {
    rule: 'code-before-packages',
    name: 'all of the context before pip install',
    hit: { dockerfile: `${slim}WORKDIR /app\n# The code\nCOPY . .\nRUN pip install --no-cache-dir -r requirements.txt\n${uvicorn}` },
    line: 4,
    near: [
      { dockerfile: `${slim}WORKDIR /app\nCOPY requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt\nCOPY . .\n` },
      { dockerfile: `${slim}COPY . .\nRUN pip install -e .\n` },
      { dockerfile: `${slim}COPY . .\nRUN apt-get update\n` },
    ],
  },
  {
    rule: 'code-before-packages',
    name: 'an absolute folder that is entered between',
    hit: {
      dockerfile: `${slim}COPY . /app\nWORKDIR /app\nRUN pip install --upgrade pip\nRUN pip install -r requirements/prod.txt\n`,
      files: { 'requirements/prod.txt': '-r base.txt\n', 'requirements/base.txt': 'fastapi\n' },
    },
    near: [],
  },
  {
    rule: 'code-before-packages',
    name: 'a folder with code, and poetry',
    hit: { dockerfile: `${slim}WORKDIR /app\nCOPY . .\nRUN poetry install --only main\n` },
    near: [{ dockerfile: `${slim}COPY pyproject.toml poetry.lock ./\nRUN poetry install --no-root\nCOPY . .\nRUN poetry install\n` }],
  },
  {
    rule: 'code-before-packages',
    name: 'uv sync',
    hit: { dockerfile: `${slim}WORKDIR /app\nCOPY . .\nRUN uv sync --frozen\n` },
    near: [{ dockerfile: `${slim}COPY pyproject.toml uv.lock ./\nRUN uv sync --no-install-project\nCOPY . .\nRUN uv sync\n` }],
  },
  {
    rule: 'code-before-packages',
    name: 'another step between that may need the code',
    hit: { dockerfile: `${slim}COPY . .\nRUN ./setup.sh\nRUN pip install -r requirements.txt\n` },
    fixed: false,
    near: [],
  },
  {
    rule: 'large-base',
    name: 'the full Python in what ships',
    hit: { dockerfile: 'FROM python:3.12\nRUN pip install fastapi\n' },
    near: [
      { dockerfile: slim },
      { dockerfile: 'FROM python:3.12-alpine\n' },
      { dockerfile: `FROM python:3.12 AS build\nRUN pip install --prefix=/x fastapi\n${slim}COPY --from=build /x /usr/local\n` },
    ],
  },
  {
    rule: 'large-base',
    name: 'the compiler of CUDA',
    hit: { dockerfile: 'FROM --platform=$BUILDPLATFORM nvidia/cuda:12.4.1-cudnn-devel-ubuntu22.04 AS serve\n' },
    near: [{ dockerfile: 'FROM nvidia/cuda:12.4.1-cudnn-runtime-ubuntu22.04\n' }],
  },
  {
    rule: 'end-of-life-base',
    name: 'a Python without fixes',
    hit: { dockerfile: 'FROM python:3.9.18-slim-buster AS build\nRUN true\nFROM python:3.9.18-slim-buster\n' },
    near: [{ dockerfile: 'FROM python:3.10-slim\n' }, { dockerfile: 'FROM python:3.10-slim\n', now: Date.parse('2026-10-30') }],
  },
  {
    rule: 'end-of-life-base',
    name: 'an Ubuntu without fixes under CUDA',
    hit: { dockerfile: 'FROM nvidia/cuda:11.8.0-runtime-ubuntu18.04\n' },
    near: [{ dockerfile: 'FROM nvidia/cuda:12.1.0-runtime-ubuntu22.04\n' }],
  },
  {
    rule: 'end-of-life-base',
    name: 'a Debian by its number, in a stage that does not ship',
    hit: { dockerfile: `FROM debian:10-slim AS tools\n${slim}COPY --from=tools /bin/true /bin/x\n` },
    near: [
      { dockerfile: `FROM debian:12-slim AS tools\n${slim}COPY --from=tools /bin/true /bin/x\n` },
      { dockerfile: `FROM debian:10-slim AS unused\n${slim}` },
    ],
  },
  {
    rule: 'unpinned-base',
    name: 'Python without a tag',
    hit: { dockerfile: 'FROM python AS base\nFROM base\n' },
    near: [{ dockerfile: slim }, { dockerfile: 'FROM scratch\n' }, { dockerfile: `FROM python@sha256:${'a'.repeat(64)}\n` }],
  },
  {
    rule: 'unpinned-base',
    name: 'latest of another image',
    hit: { dockerfile: 'FROM ghcr.io/mlflow/mlflow:latest\n' },
    fixed: false,
    near: [{ dockerfile: 'FROM ghcr.io/mlflow/mlflow:v3.1.0\n' }],
  },
  {
    rule: 'root-user',
    name: 'no USER',
    hit: { dockerfile: `${slim}EXPOSE 8000\n# Serves\n${uvicorn}` },
    near: [
      { dockerfile: slim },
      { dockerfile: `${slim}USER app\n${uvicorn}` },
      { dockerfile: `FROM gcr.io/distroless/python3-debian12:nonroot\n${uvicorn}` },
    ],
  },
  {
    rule: 'root-user',
    name: 'back to root',
    hit: { dockerfile: `FROM python:3.12-alpine\nUSER app\nRUN true\nUSER root\n${uvicorn}` },
    line: 4,
    near: [{ dockerfile: `${slim}USER root\nRUN true\nUSER app\n${uvicorn}` }],
  },
  {
    rule: 'chown-copies',
    name: 'chown of what was copied, by a user made later',
    hit: {
      dockerfile: `${slim}WORKDIR /app\nCOPY model/ model/\nCOPY app.py .\nRUN useradd app && chown -R app:app /app\nUSER app\n`,
      files: { 'model/a.pkl': 'a'.repeat(500), 'app.py': api },
    },
    line: 5,
    near: [
      { dockerfile: `${slim}WORKDIR /app\nRUN useradd app\nRUN chown app:app /app\nCOPY --chown=app:app . .\n` },
      { dockerfile: `${slim}RUN mkdir /data && chown -R 1000 /data\nCOPY . /app\n` },
    ],
  },
  {
    rule: 'chown-copies',
    name: 'chown by number',
    hit: { dockerfile: `${slim}COPY . /app\nRUN chown -R 1000:1000 /app\n` },
    near: [{ dockerfile: `${slim}COPY --chown=1000:1000 . /app\n` }],
  },
  {
    rule: 'chown-copies',
    name: 'chmod',
    hit: { dockerfile: `${slim}COPY . /app\nRUN chmod -R 755 /app\n` },
    near: [{ dockerfile: `${slim}COPY . /app\nRUN chmod 755 /app/start.sh\n` }],
  },
  {
    rule: 'no-healthcheck',
    name: 'a server without one, with a health path in its code',
    hit: { dockerfile: slim + uvicorn, files: { 'app.py': `${api}@app.get("/health")\ndef health():\n    return {}\n` } },
    near: [
      { dockerfile: `${slim}HEALTHCHECK CMD python check.py\n${uvicorn}` },
      { dockerfile: `${slim}CMD ["python", "batch.py"]\n` },
      { dockerfile: `${slim}HEALTHCHECK NONE\n${uvicorn}` },
    ],
  },
  { rule: 'no-healthcheck', name: 'a server of which only the port is known', hit: { dockerfile: slim + uvicorn }, near: [] },
  {
    rule: 'healthcheck-tool',
    name: 'curl on a slim base',
    hit: {
      dockerfile: `${slim}HEALTHCHECK --interval=30s --timeout=3s \\\n  CMD curl -f http://localhost:8000/health || exit 1\n${uvicorn}`,
    },
    near: [
      { dockerfile: `FROM python:3.12\nHEALTHCHECK CMD curl -f http://localhost:8000/health\n` },
      { dockerfile: `${slim}RUN apt-get update && apt-get install -y curl\nHEALTHCHECK CMD curl -f http://localhost:8000/health\n` },
      { dockerfile: 'FROM python:3.12-alpine\nHEALTHCHECK CMD wget -qO- http://localhost:8000/health\n' },
    ],
  },
  {
    rule: 'compilers-left',
    name: 'build-essential for pip',
    hit: {
      dockerfile: `${slim}WORKDIR /app\n# System\nRUN apt-get update && apt-get install -y \\\n    build-essential libgomp1 \\\n    && rm -rf /var/lib/apt/lists/*\nCOPY requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt\nCOPY app/ ./app/\n${uvicorn}`,
    },
    line: 4,
    near: [
      { dockerfile: `${slim}RUN apt-get update && apt-get install -y libgomp1\n` },
      {
        dockerfile: `${slim}RUN apt-get update && apt-get install -y gcc && pip install x && apt-get purge -y gcc && rm -rf /var/lib/apt/lists/*\n`,
      },
      { dockerfile: `${slim.trim()} AS build\nRUN apt-get update && apt-get install -y gcc\n${slim}COPY --from=build /x /usr/local\n` },
    ],
  },
  {
    rule: 'compilers-left',
    name: 'a compiler, with code in between',
    hit: { dockerfile: `${slim}RUN apt-get update && apt-get install -y gcc\nCOPY . .\nRUN pip install -r requirements.txt\n` },
    fixed: false,
    near: [],
  },
  {
    rule: 'weights-with-code',
    name: 'a model and the code by one COPY',
    hit: {
      dockerfile: `${slim}WORKDIR /app\nCOPY . .\n`,
      files: { 'model/a.pt': weights, 'app.py': api, 'src/x.py': '', 'best.pkl': 'x' },
    },
    near: [
      { dockerfile: `${slim}COPY . .\n`, files: { 'model/a.pt': 'small', 'app.py': api } },
      { dockerfile: `${slim}COPY model/ model/\nCOPY app.py .\n`, files: { 'model/a.pt': weights, 'app.py': api } },
      { dockerfile: `${slim}COPY . .\n`, files: { 'model/a.pt': weights, 'app.py': api, '.dockerignore': 'model\n' } },
    ],
  },
  {
    rule: 'download-at-start',
    name: 'a model of a hub',
    hit: {
      dockerfile: `${slim}WORKDIR /app\nRUN pip install transformers\nCOPY app.py .\n${uvicorn}`,
      files: {
        'app.py': `${api}from transformers import AutoModel\nmodel = AutoModel.from_pretrained("distilbert/distilbert-base-uncased")\n`,
      },
    },
    file: 'app.py',
    line: 4,
    near: [
      {
        dockerfile: `${slim}RUN pip install transformers\nCOPY . .\n${uvicorn}`,
        files: { 'app.py': `${api}model = AutoModel.from_pretrained("./model/distilbert")\n` },
      },
      {
        dockerfile: `${slim}RUN pip install transformers\nRUN hf download distilbert/distilbert-base-uncased\n${uvicorn}`,
        files: { 'app.py': `${api}model = AutoModel.from_pretrained("distilbert/distilbert-base-uncased")\n` },
      },
    ],
  },
  {
    rule: 'cuda-mismatch',
    name: 'cu118 on CUDA 12.1',
    hit: {
      dockerfile:
        'FROM nvidia/cuda:12.1.0-runtime-ubuntu22.04\nRUN pip install torch==2.0.1 --index-url https://download.pytorch.org/whl/cu118\n',
    },
    line: 1,
    near: [
      {
        dockerfile:
          'FROM nvidia/cuda:11.8.0-cudnn8-runtime-ubuntu22.04\nRUN pip install torch==2.0.1+cu118 --extra-index-url https://download.pytorch.org/whl/cu118\n',
      },
      { dockerfile: `${slim}RUN pip install torch==2.0.1 --index-url https://download.pytorch.org/whl/cu118\n` },
    ],
  },
  {
    rule: 'cuda-mismatch',
    name: 'by a requirements file',
    hit: {
      dockerfile: 'FROM nvidia/cuda:12.1.0-runtime-ubuntu22.04\nCOPY requirements.txt .\nRUN pip3 install -r requirements.txt\n',
      files: { 'requirements.txt': '-r gpu.txt\n', 'gpu.txt': 'torch==2.4.0+cu124\n' },
    },
    near: [],
  },
  {
    rule: 'cuda-wheels-on-cpu',
    name: 'torch of PyPI',
    hit: {
      dockerfile: `${slim}COPY requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt\n`,
      files: { 'requirements.txt': 'fastapi\ntorch==2.9.0\n' },
    },
    line: 3,
    near: [
      { dockerfile: `${slim}RUN pip install -r requirements.txt\n`, files: { 'requirements.txt': 'torch==2.9.0\n' }, gpu: true },
      {
        dockerfile: `${slim}RUN pip install -r requirements.txt\n`,
        files: { 'requirements.txt': '--extra-index-url https://download.pytorch.org/whl/cpu\ntorch\n' },
      },
      { dockerfile: 'FROM pytorch/pytorch:2.9.0-cuda12.8-cudnn9-runtime\nRUN pip install torchvision\n' },
      { dockerfile: `${slim}RUN pip install -r requirements.txt\n`, files: { 'requirements.txt': 'torchmetrics\npytorch-tabnet-x\n' } },
    ],
  },
  {
    rule: 'cuda-wheels-on-cpu',
    name: 'a package that needs torch, in a stage before',
    hit: {
      dockerfile: `${slim.trim()} AS build\nRUN uv pip install --prefix /x sentence-transformers\n${slim}COPY --from=build /x /usr/local\n`,
    },
    near: [],
  },
  {
    rule: 'other-python',
    name: "Debian's packages on the official image",
    hit: {
      dockerfile: `${slim}RUN apt-get update && apt-get install -y python3-opencv libgomp1 \\\n    python3-pip && rm -rf /var/lib/apt/lists/*\n`,
    },
    near: [
      { dockerfile: `${slim}RUN apt-get update && apt-get install -y python3-dev gcc\n` },
      { dockerfile: 'FROM debian:12\nRUN apt-get install -y python3 python3-pip\n' },
    ],
  },
  {
    rule: 'other-python',
    name: 'pip of the distribution beside another Python',
    hit: {
      dockerfile:
        'FROM nvidia/cuda:11.8.0-runtime-ubuntu22.04\nRUN apt-get update && apt-get install -y python3.11 python3-pip\nRUN pip install torch==2.0.1+cu118\nCMD ["python3.11", "app.py"]\n',
    },
    line: 3,
    near: [
      {
        dockerfile:
          'FROM nvidia/cuda:12.1.0-runtime-ubuntu22.04\nRUN apt-get update && apt-get install -y python3 python3-pip\nRUN pip3 install torch\n',
      },
      { dockerfile: 'FROM ubuntu:22.04\nRUN apt-get install -y python3.11 python3-pip\nRUN python3.11 -m pip install torch\n' },
      { dockerfile: 'FROM ubuntu:22.04\nRUN apt-get install -y python3.10 python3-pip\nRUN pip install torch\n' },
    ],
  },
  {
    rule: 'load-per-request',
    name: 'a pickle within a route',
    hit: {
      dockerfile: slim + uvicorn,
      files: {
        'app.py': `${api}\n@app.post("/predict")\ndef predict(req: Request):\n    with open("model/classifier.pkl", "rb") as f:\n        model = pickle.load(f)\n    return model.predict(req.x)\n`,
      },
    },
    file: 'app.py',
    line: 6,
    near: [
      {
        dockerfile: slim + uvicorn,
        files: {
          'app.py': `${api}model = joblib.load("m")\n\n@app.post("/predict")\ndef predict(req: Request):\n    return model.predict(req.x)\n`,
        },
      },
      {
        dockerfile: slim + uvicorn,
        files: {
          'app.py': `${api}\n@app.post("/predict")\ndef predict(req: Request):\n    global model\n    if model is None:\n        model = joblib.load("m")\n    return model.predict(req.x)\n`,
        },
      },
      {
        dockerfile: slim + uvicorn,
        files: { 'app.py': `${api}\n@app.get("/health")\ndef health():\n    return {}\n\ndef load():\n    return joblib.load("m")\n` },
      },
    ],
  },
  {
    rule: 'load-per-request',
    name: 'a model that the request names',
    hit: {
      dockerfile: slim + uvicorn,
      files: {
        'app.py': `${api}\n@app.post("/predict")\nasync def predict(name: str):\n    model = joblib.load(name)\n    return model.predict([[1]])\n`,
      },
    },
    file: 'app.py',
    fixed: false,
    near: [],
  },
  {
    rule: 'train-at-start',
    name: 'by a shell',
    hit: { dockerfile: `${slim}CMD ["sh", "-c", "python train.py && exec uvicorn app:app --host 0.0.0.0"]\n` },
    near: [{ dockerfile: `${slim}RUN python train.py\n${uvicorn}` }],
  },
  {
    rule: 'trained-in-place',
    name: 'in the stage that ships',
    hit: {
      dockerfile: `${slim}WORKDIR /app\nCOPY . .\nRUN python train.py\n${uvicorn}`,
      files: { 'train.py': 'joblib.dump(model, "model.joblib")\n' },
    },
    near: [
      { dockerfile: `${slim.trim()} AS train\nRUN python train.py --output /m\n${slim}COPY --from=train /m /m\n` },
      { dockerfile: `${slim}RUN python -m pytest\n` },
    ],
  },
]
