# SPDX-License-Identifier: GPL-3.0-or-later
# compare.R - R13 by the survival package, R12's coefficients by glmnet
#
# usage: Rscript compare.R km FILE     FILE: lines "GROUP WAIT EVENT"; prints, a line a
#                                      group: shares and standard errors at 24 h, 48 h
#                                      and 7 d, median and 90th percentile (NA: not
#                                      reached)
#        Rscript compare.R glmnet FILE FILE: tests/expectation-dump's training set;
#                                      prints the largest difference of a coefficient

km <- function(file) {
  suppressMessages(library(survival))
  rows <- read.table(file, col.names = c("group", "wait", "event"))
  for (group in unique(rows$group)) {
    one <- rows[rows$group == group, ]
    fit <- survfit(Surv(wait, event) ~ 1, data = one, timefix = FALSE)
    at <- summary(fit, times = c(86400, 172800, 604800), extend = TRUE)
    # quantile.survfit takes midpoints where R13 takes the shortest time.
    reached <- function(p) {
      times <- fit$time[1 - fit$surv >= p - 1e-9]
      if (length(times) > 0) min(times) else NA
    }
    cat(group, formatC(c(1 - at$surv, at$std.err), digits = 17, format = "g"),
        reached(0.5), reached(0.9), "\n")
  }
}

largest_difference <- function(file) {
  suppressMessages(library(glmnet))
  ours <- scan(file, nlines = 1, quiet = TRUE)
  rows <- as.matrix(read.table(file, skip = 1))
  w <- rows[, 2]
  fit <- glmnet(rows[, -(1:2)], rows[, 1], family = "binomial", weights = w, alpha = 0,
                lambda = 20 / sum(w), standardize = FALSE, thresh = 1e-20, maxit = 1e7)
  cat(nrow(rows), max(abs(as.vector(coef(fit)) - ours)), "\n")
}

arguments <- commandArgs(trailingOnly = TRUE)
if (arguments[1] == "km") km(arguments[2]) else largest_difference(arguments[2])
