# Liaison. Build: docker build -t liaison .   Run: see compose.yaml.
#
# Not run here: no container engine was at hand when this file was written. What it runs was run by hand with the same
# commands: npm ci, npm run build, npm prune --omit=dev, node dist/main.js as an ordinary user with only DATA_DIR writable.

FROM node:20-bookworm-slim AS build
WORKDIR /liaison
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --no-audit --no-fund && rm -rf .next/cache .next/dev

FROM node:20-bookworm-slim
WORKDIR /liaison
# Two folders only may be written: the data, and Next's cache of rendered pages (see compose.yaml).
RUN mkdir -p /data .next/cache && chown -R node:node /data
COPY --from=build --chown=root:root /liaison/package.json ./
COPY --from=build --chown=root:root /liaison/next.config.js ./
COPY --from=build --chown=root:root /liaison/node_modules ./node_modules
COPY --from=build --chown=root:root /liaison/.next ./.next
COPY --from=build --chown=root:root /liaison/dist ./dist
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
USER node
VOLUME /data
EXPOSE 3000
# The process, not the database: a restart does not repair a database. Load balancers ask /readyz.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/healthz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
# node itself, not npm: signals must arrive.
CMD ["node", "dist/main.js"]
