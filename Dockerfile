# syntax=docker/dockerfile:1

FROM rust:1.95-slim-bookworm AS build
WORKDIR /src

# The dependencies alone, so that this layer is built again only when a manifest changes.
COPY Cargo.toml Cargo.lock ./
COPY crates/domain/Cargo.toml crates/domain/
COPY crates/persistence/Cargo.toml crates/persistence/
COPY crates/application/Cargo.toml crates/application/
COPY crates/api/Cargo.toml crates/api/
COPY crates/server/Cargo.toml crates/server/
COPY migrations/Cargo.toml migrations/
COPY tests/Cargo.toml tests/
RUN for crate in crates/* migrations; do mkdir "$crate/src" && touch "$crate/src/lib.rs"; done \
    && rm crates/server/src/lib.rs \
    && for program in crates/server/src/main.rs tests/main.rs; do echo 'fn main() {}' >"$program"; done \
    && cargo build --release --locked -p waymark

COPY crates crates
COPY migrations migrations
COPY openapi openapi
COPY schema schema
# What was copied is older than what was built from the empty files, which cargo would keep.
RUN find crates migrations -name '*.rs' -exec touch {} + \
    && cargo build --release --locked -p waymark \
    && mkdir /data

# The same Debian as above with nothing added but the program.
FROM debian:bookworm-slim
LABEL org.opencontainers.image.title="Waymark" \
      org.opencontainers.image.description="OKRs over REST and GraphQL" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /src/target/release/waymark /usr/local/bin/waymark
COPY --from=build --chown=65532:65532 /data /data
COPY LICENSE /LICENSE

USER 65532:65532
WORKDIR /data
VOLUME ["/data"]
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
    CMD ["/usr/local/bin/waymark", "check", "--ready", "http://127.0.0.1:8080/readyz"]
ENTRYPOINT ["/usr/local/bin/waymark"]
CMD ["serve", "--listen", "0.0.0.0:8080", "--data", "/data"]
