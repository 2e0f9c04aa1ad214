"""The made-up district 青禾市棠湾区: agencies, people, five years of requests in every state."""
