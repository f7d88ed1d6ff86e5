"""What is said of what nobody asked for, and of a resident's agent (R13)."""

from collections.abc import Mapping

from letters.said import Said

TOPICS: Mapping[str, Said] = {
    "verification.opened": Said(
        staff=(
            "主动发现的事项已办结，请核验",
            "What nobody asked for is settled; please verify it",
        ),
    ),
    "case.verified": Said(
        staff=("主动发现的事项已核验", "A case without a resident was verified"),
    ),
    "agent.authorised": Said(
        staff=("居民授权代办", "A resident lets an agent act for them"),
        resident=(
            "已登记您的代办授权，您可随时凭回执撤销",
            "Your agent is recorded; with your receipt you may take it back at any time",
        ),
    ),
    "agency.step_taken": Said(
        staff=("代办有新进展", "The agent has taken a step"),
    ),
    "agency.resumed": Said(
        staff=("并案已撤销，代办继续", "The merge was undone, and the agent acts again"),
        resident=(
            "您的案件已恢复单独办理，代办继续，您可随时凭回执撤销",
            "Your case goes on by itself and so does your agent; with your receipt you may end it",
        ),
    ),
    "agency.ended": Said(
        staff=("代办已结束", "The agency service has ended"),
        resident=("您的代办已结束", "Your agent acts for you no longer"),
    ),
}
