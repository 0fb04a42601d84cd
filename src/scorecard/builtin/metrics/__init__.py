"""Our metric types, one file each."""

from scorecard.builtin.metrics import checklist, churn_rate, clv, complaint_rate, csat, nps, retention_rate, rfm, sla_attainment

METRIC_TYPES = tuple(module.TYPE for module in (checklist, churn_rate, clv, complaint_rate, csat, nps, retention_rate, rfm, sla_attainment))
