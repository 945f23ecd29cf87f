FROM python:3.11-slim AS train
ENV PYTHONDONTWRITEBYTECODE=1 \
    MODEL_PATH=/app/models/churn.ubj
WORKDIR /app
COPY requirements-base.txt requirements.txt ./
RUN pip install --no-cache-dir -r requirements.txt
COPY app/__init__.py app/train.py app/
RUN python -m app.train

# The image that ships. Its driver comes from the host: docker run --gpus all
FROM nvidia/cuda:12.1.0-runtime-ubuntu22.04 AS serve
RUN apt-get update && apt-get install -y --no-install-recommends \
        python3 \
        python3-pip \
    && rm -rf /var/lib/apt/lists/*
ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    MODEL_PATH=/app/models/churn.ubj \
    DEVICE=cuda
WORKDIR /app
COPY requirements-base.txt requirements-gpu.txt ./
# NCCL (290 MB) is for several GPUs: without dependencies it stays out.
RUN pip3 install --no-cache-dir -r requirements-base.txt \
    && pip3 install --no-cache-dir --no-deps -r requirements-gpu.txt
RUN useradd --create-home appuser
COPY --from=train /app/models/ models/
COPY app/ app/
USER appuser
EXPOSE 80
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python3", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:80/health', timeout=4)"]
CMD ["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", "80"]
