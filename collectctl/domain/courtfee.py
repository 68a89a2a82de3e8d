"""The court's fee for a money claim in China (诉讼费用交纳办法 13, 16), by steps of the sum in dispute."""

from decimal import Decimal

from collectctl.domain.rates import half_up

BASE = 5_000  # fen: 50 yuan up to the first step
FIRST = 10_000  # yuan
# yuan up to which the share is charged on what lies above the step before
STEPS = (
    (100_000, "0.025"), (200_000, "0.02"), (500_000, "0.015"), (1_000_000, "0.01"), (2_000_000, "0.009"),
    (5_000_000, "0.008"), (10_000_000, "0.007"), (20_000_000, "0.006"), (None, "0.005"),
)  # fmt: skip
CITE = "诉讼费用交纳办法 13, 16"


def court_fee(claim: int, *, simple: bool) -> int:
    """Fen for a claim in fen; half of it in simple procedure. Whole yuan, half up (to be verified)."""
    fee, below = Decimal(BASE), FIRST * 100
    for limit, share in STEPS:
        top = claim if limit is None else min(claim, limit * 100)
        if top > below:
            fee += (top - below) * Decimal(share)
            below = top
    return half_up((fee / 2 if simple else fee) / 100) * 100
