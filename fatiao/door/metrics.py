"""What the door counts, for Prometheus: no question text and no key, only numbers by kind."""

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

from assistant.answer import Answer

_BUCKETS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0)


class Metrics:
    """One registry an application."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._questions = Counter("fatiao_questions", "questions answered or refused", registry=self._registry)
        self._refused = Counter("fatiao_refusals", "refusals by reason", ["reason"], registry=self._registry)
        self._requests = Counter(
            "fatiao_requests", "requests by path and status", ["path", "status"], registry=self._registry
        )
        self._seconds = Histogram(
            "fatiao_step_seconds", "seconds by step", ["step"], buckets=_BUCKETS, registry=self._registry
        )
        self._tokens = Counter("fatiao_model_tokens", "tokens of the language model", registry=self._registry)
        self._dropped = Counter(
            "fatiao_dropped_sentences", "sentences of the model that were not shown", registry=self._registry
        )

    def answered(self, answer: Answer) -> None:
        """Count one answer; its trace tells the seconds of each step."""
        self._questions.inc()
        if answer.refused:
            self._refused.labels(answer.reason).inc()
        self._tokens.inc(answer.tokens)
        self._dropped.inc(answer.writing.dropped if answer.writing else 0)
        for step in answer.trace.steps if answer.trace else ():
            self._seconds.labels(step.name).observe(step.seconds)

    def requested(self, path: str, status: int) -> None:
        """Count one request; paths that are none of ours count together."""
        self._requests.labels(path, str(status)).inc()

    def text(self) -> bytes:
        """The exposition format."""
        return generate_latest(self._registry)
