FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production DATABASE_FILE=/data/onrecord.db
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force
COPY src src
COPY commands commands
COPY digests digests
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
STOPSIGNAL SIGTERM
CMD ["node", "src/launch.js", "start"]
