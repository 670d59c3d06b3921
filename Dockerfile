# One image for every role: `serve --role api` (the default), `serve --role worker`, or any other command of essais.
FROM node:24.11.1-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM node:24.11.1-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /app
# The folder of an embedded database, should the image run without DATABASE_URL.
RUN install -d -o node -g node /data
COPY --from=packages /app/node_modules node_modules
COPY package.json cli.ts config.ts tsconfig.json ./
COPY bin bin
COPY commands commands
COPY db db
COPY deploy deploy
COPY domain domain
COPY ingest ingest
COPY ranking ranking
COPY search-api search-api
COPY sync sync
USER node
EXPOSE 3000
VOLUME /data
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself, not npm: it gets the signals, and stops cleanly.
ENTRYPOINT ["node", "bin/essais.js"]
CMD ["serve", "--role", "api"]
