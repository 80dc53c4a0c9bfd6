"""An article of a place that nobody prepared: added, and asked about by its place, by its facts and without its place."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from bot import wiring
from bot.settings import Settings, shipped_corpus
from bot.store.memory import MemoryStateStore
from tests.admin import AdminChat

PAGE = """泸定县给磨西古镇民宿装上“退订钟”

来源：甘孜日报　发布时间：2024-05-09　记者：泽仁拉姆

　　“说好的海景房变成了停车场景，钱还不肯退。”5月2日，成都游客马女士走进泸定县磨西镇的消费维权服务站，讲了自己的遭遇。值班调解员向志强看过订单，四十分钟后让民宿退回了680元房费。
　　泸定县市场监督管理局从今年3月起在磨西古镇推行民宿“退订钟”：每家店在前台挂一块时钟牌，写明入住前几小时可以全额退款。目前古镇上的126家民宿已全部挂牌，其中91家承诺入住前24小时免费退订。
　　服务站设在磨西镇游客中心一楼，每天上午8点半到晚上9点有人值班，投诉电话是0836-3122315。接到投诉后，站里要在两个小时内给出第一次答复。
　　截至4月底，服务站受理民宿投诉57件，比去年同期少了三分之一，为游客追回房费4.3万元。
"""
QUESTIONS = {
    "泸定县有多少家民宿挂了退订钟？": "126家",
    "磨西镇的维权服务站电话是多少": "0836-3122315",
    "入住前24小时可以免费退订的有几家": "91家",
    "民宿投诉一共追回了多少房费": "4.3万元",
    "马女士拿回了多少房费？": "680元",
}


def test_from_the_command_line(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE, "utf-8")
    root = str(Path(__file__).parents[1])
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    environ = kept | {
        "BOT_STATE": str(tmp_path / "state"),
        "PYTHONPATH": root,
        "BOT_SEMANTIC": "off",
    }

    def run(*arguments: str, told: str = "") -> str:
        done = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            input=told, capture_output=True, encoding="utf-8", env=environ, cwd=tmp_path, check=True,
        )  # fmt: skip
        return done.stdout

    assert "added as page" in run("corpus", "add", "--yes", str(page))
    lines = [json.dumps({"id": n, "question": q}) for n, q in enumerate(QUESTIONS)]
    replies = [
        json.loads(line) for line in run("ask", "--jsonl", told="\n".join(lines)).splitlines()
    ]
    for reply, (question, told) in zip(replies, QUESTIONS.items(), strict=True):
        assert reply["status"] == "answered", question
        citation = reply["citations"][0]
        assert told in citation["quote"], question
        assert (citation["publisher"], citation["published"]) == ("甘孜日报", "2024-05-09")


async def test_sent_to_the_telegram_bot(tmp_path: Path) -> None:
    corpus = Path(shutil.copytree(shipped_corpus(), tmp_path / "corpus"))
    settings = Settings(corpus, tmp_path / "state", admins=frozenset({7}))
    states = MemoryStateStore()
    chat = AdminChat(
        corpus, dialogue=wiring.dialogue(settings, states), desk=wiring.desk(settings, states)
    )
    async with chat.app:
        await chat.sends(PAGE.encode(), "page.txt")
        await chat.presses(chat.buttons()[0])
        for question, told in QUESTIONS.items():
            assert told in "".join(await chat.reads(question)), question
