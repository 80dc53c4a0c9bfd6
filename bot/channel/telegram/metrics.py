"""What the bot counts, as Prometheus reads it. The names are an interface: dashboards hold them.

xiaobao_updates_total                  updates received
xiaobao_questions_total{outcome="…"}   answered, refused, smalltalk
xiaobao_answer_seconds                 from an update to its first message; a histogram
xiaobao_messages_total                 messages that arrived
xiaobao_retries_total{cause="…"}       flood, network, store
xiaobao_inbox_backlog                  updates that are not worked off
xiaobao_outbox_backlog                 messages that are not sent
xiaobao_blocked_users                  chats that do not want to hear from the bot
process_*                              memory, CPU time, open files of the process (on Linux)
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from bot.channel.telegram.meter import BUCKETS_S, Cause, Meter
from bot.dialogue.reply import Status


@dataclass(frozen=True, slots=True)
class Levels:
    """What is not counted but looked up.

    Args:
        inbox: Updates that are not worked off.
        outbox: Messages that are not sent.
        blocked: Chats that do not want to hear from the bot.
    """

    inbox: int
    outbox: int
    blocked: int


def render(meter: Meter, levels: Levels, accept: str) -> tuple[bytes, str]:
    """Return the metrics and the content type that a reader accepts.

    Args:
        meter: The counts.
        levels: What was looked up.
        accept: The reader's `Accept` header.
    """
    registry = CollectorRegistry()
    registry.register(_Counts(meter, levels))
    ProcessCollector(registry=registry)
    encode, content_type = choose_encoder(accept)
    return encode(registry), content_type


class _Counts(Collector):
    def __init__(self, meter: Meter, levels: Levels) -> None:
        self._meter = meter
        self._levels = levels

    def collect(self) -> Iterator[Metric]:
        meter, levels = self._meter, self._levels
        yield CounterMetricFamily("xiaobao_updates", "Updates received", value=meter.updates)
        questions = CounterMetricFamily(
            "xiaobao_questions", "Questions by what became of them", labels=["outcome"]
        )
        for status in Status:
            questions.add_metric([status.value], meter.outcomes[status.value])
        yield questions
        counts = itertools.accumulate(meter.answers)
        ends = ["+Inf" if end == float("inf") else str(end) for end in BUCKETS_S]
        yield HistogramMetricFamily(
            "xiaobao_answer_seconds",
            "From an update to the first message that answers it",
            buckets=list(zip(ends, counts, strict=True)),
            sum_value=meter.answers_s,
        )
        yield CounterMetricFamily("xiaobao_messages", "Messages sent", value=meter.messages)
        retries = CounterMetricFamily(
            "xiaobao_retries", "Attempts that failed and were made again", labels=["cause"]
        )
        for cause in Cause:
            retries.add_metric([cause.value], meter.retries[cause])
        yield retries
        for name, says, value in (
            ("inbox_backlog", "Updates that are not worked off", levels.inbox),
            ("outbox_backlog", "Messages that are not sent", levels.outbox),
            ("blocked_users", "Chats that do not want to hear from the bot", levels.blocked),
        ):
            yield GaugeMetricFamily(f"xiaobao_{name}", says, value=value)
