"""依申请公开: requests, their event log, handling, reply and delivery. The room stores events and asks the law."""
