// Before anything is painted: tables that stand beside a chart are folded, and sections wait for the one that is asked for.
document.documentElement.classList.add("script");
