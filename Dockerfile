# The image of docker-compose.yml: Debian, the Node binary and our bundle; see docs/cluster.md.
ARG NODE_IMAGE=node:20-bookworm-slim
ARG BASE_IMAGE=debian:bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /build/src
COPY package.json package-lock.json ./
# What is bundled, and what bundles it: a fifth of all packages that development needs.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund \
 && npm install --prefix /build --no-save --no-audit --no-fund \
    "esbuild@$(node -p 'require("./package-lock.json").packages["node_modules/esbuild"].version')"
COPY scripts ./scripts
COPY migrations ./migrations
COPY seed-schema ./seed-schema
COPY runtime ./runtime
RUN node scripts/image/fill.mjs /app

FROM ${BASE_IMAGE}
COPY --from=build /usr/local/bin/node /usr/local/bin/
RUN groupadd --gid 10001 seedbed \
 && useradd --uid 10001 --gid 10001 --home-dir /var/lib/seedbed --no-create-home seedbed \
 && install --directory --owner=10001 --group=10001 --mode=0750 /secrets /var/lib/seedbed
COPY LICENSE scripts/image/gateway.mjs scripts/image/healthy.sh scripts/image/make-secrets.sh /app/
COPY scripts/image/seed.sh /usr/local/bin/seed
RUN ln -s seed /usr/local/bin/seed-run
COPY --from=build /app /app
LABEL org.opencontainers.image.title=Seedbed org.opencontainers.image.licenses=Apache-2.0
ENV NODE_ENV=production SEED_HOME=/var/lib/seedbed
USER 10001:10001
EXPOSE 8420
ENTRYPOINT ["seed"]
CMD ["--help"]
