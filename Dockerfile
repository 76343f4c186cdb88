# agentvane in a container, for clusters and runners without Node. docs/kubernetes.md says how it is used.
#
# From a clone:     docker build -t agentvane .
# From a tarball:   docker build -t agentvane --build-context package=DIR .   (DIR holds it as agentvane.tgz)

FROM node:22-alpine AS package
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
# `npm pack` builds first, as for the registry.
RUN npm pack --pack-destination / && mv /agentvane-*.tgz /agentvane.tgz

FROM node:22-alpine
LABEL org.opencontainers.image.title="agentvane" \
      org.opencontainers.image.description="Agents as code for Mistral's Agents API" \
      org.opencontainers.image.source="https://github.com/agentvane/agentvane" \
      org.opencontainers.image.licenses="Apache-2.0"
# git says which commit is applied; tini hands signals on, and ends what gates leave behind.
RUN apk add --no-cache git tini
COPY --from=package /agentvane.tgz /tmp/agentvane.tgz
RUN mkdir /opt/agentvane \
 && tar -xzf /tmp/agentvane.tgz -C /opt/agentvane --strip-components=1 \
 && rm /tmp/agentvane.tgz \
 && ln -s /opt/agentvane/dist/agentvane.cjs /usr/local/bin/agentvane \
 && mkdir /repo
WORKDIR /repo
# A number, so that Kubernetes can tell that it is not root.
USER 65532:65532
ENTRYPOINT ["/sbin/tini", "--", "agentvane"]
CMD ["--help"]
