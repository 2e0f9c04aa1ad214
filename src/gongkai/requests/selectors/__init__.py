"""Questions put to the database about requests; every list and every statistic is asked here, once."""
