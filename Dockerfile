# An image that audits the repository mounted at /repository:
#
#   docker build --tag hygiene .
#   docker run --rm --user "$(id -u):$(id -g)" --network none --volume "$PWD:/repository:ro" hygiene
#
# Git refuses to read a repository that another user owns, and so does hygiene: `--user` makes the container's user the
# owner of what is mounted. No `safe.directory = *` is set here, because that would switch the check off for everybody.

FROM python:3.13-slim-bookworm AS build
WORKDIR /build
COPY pyproject.toml README.md LICENSE ./
COPY docs/man docs/man
COPY src src
RUN pip wheel --no-cache-dir --wheel-dir /wheels .

FROM python:3.13-slim-bookworm
# git as Debian's stable release patches it: pinning its version would only keep the holes. (hadolint DL3008)
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/*
# Every package comes from the stage above, in the versions that it resolved: no index is asked. (hadolint DL3013)
# hadolint ignore=DL3013
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links=/wheels repo-hygiene \
    && useradd --uid 1000 --create-home --shell /usr/sbin/nologin hygiene
USER 1000:1000
WORKDIR /repository
ENTRYPOINT ["hygiene"]
CMD ["audit"]
