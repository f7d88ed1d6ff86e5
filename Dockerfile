# One image for every process of Shouwen: `shouwen worker`, `shouwen api`, `shouwen migrate` …
# It holds no PostgreSQL and no Temporal; docker-compose.yml says where they are.

FROM python:3.13.16-slim-trixie AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_NO_INPUT=1
WORKDIR /src
COPY requirements-run.lock requirements.lock ./
# Pip and setuptools stay in this stage: the program's own environment is made without them.
RUN python -m venv --without-pip /opt/shouwen \
    && python -m venv /opt/build \
    && sed -n '/^setuptools==/,/[^\\]$/p' requirements.lock > build.lock \
    && /opt/build/bin/pip install --require-hashes --only-binary :all: -r build.lock \
    && /opt/build/bin/pip --python /opt/shouwen install \
        --require-hashes --only-binary :all: -r requirements-run.lock
COPY . .
RUN /opt/build/bin/pip wheel --no-build-isolation --no-deps --no-index --wheel-dir /wheels . \
    && /opt/build/bin/pip --python /opt/shouwen install --no-deps --no-index /wheels/*.whl

FROM python:3.13.16-slim-trixie
RUN groupadd --gid 10001 shouwen \
    && useradd --uid 10001 --gid shouwen --no-create-home --home-dir /nonexistent \
        --shell /usr/sbin/nologin shouwen \
    && install --directory --owner 10001 --group 10001 /var/lib/shouwen /var/lib/shouwen-files
COPY --from=build /opt/shouwen /opt/shouwen
COPY deploy/healthy.py /opt/shouwen/healthy.py
ENV PATH=/opt/shouwen/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PYTHONUTF8=1
USER 10001:10001
WORKDIR /tmp
ENTRYPOINT ["shouwen"]
CMD ["--help"]
