fn main() {
    println!("{}", waymark_api::openapi().to_pretty_json().unwrap_or_default());
}
