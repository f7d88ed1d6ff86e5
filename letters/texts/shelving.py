"""What is said of the shelf (R4.7)."""

from collections.abc import Mapping

from letters.said import Said

TOPICS: Mapping[str, Said] = {
    "shelving.requested": Said(
        staff=("有挂账申请待审批", "A department asks to shelve a case; please decide"),
    ),
    "shelving.refused": Said(
        staff=("不同意挂账，请继续办理", "The case was not shelved; work goes on"),
    ),
    "case.shelved": Said(
        staff=("案件已挂账，请按期复查", "The case is shelved; it has to be looked at again"),
        resident=(
            "您反映的事项因客观原因暂时挂账，原因可凭回执查看；会定期复查，您也可以催办",
            "Your request is shelved for now; your receipt shows you why, and you may remind",
        ),
    ),
    "shelf.reviewed": Said(
        staff=("挂账案件已复查", "A shelved case was looked at again"),
        resident=(
            "您反映的挂账事项已复查，结果可凭回执查看",
            "Your shelved request was looked at again; your receipt shows you the outcome",
        ),
    ),
}
