"""What citizens see: filing a request, following it, answering, receiving the reply. Without an account."""
