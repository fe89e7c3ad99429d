// Makes the console live. Everything but the live stream works without it.

document.documentElement.classList.add("scripted");

const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const one = (selector) => document.querySelector(selector);
const isTyping = (target) => target.closest("input, select, textarea, [contenteditable]") !== null;

// A choice among pages is made by choosing.
for (const form of all("form.switch, form.filters")) {
  if (form.querySelector("[data-needless]") === null) continue;
  form.addEventListener("change", () => form.requestSubmit());
}

for (const button of all("[data-copy]")) {
  button.title = "Copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard?.writeText(button.dataset.copy);
    button.dataset.copied = "";
    setTimeout(() => delete button.dataset.copied, 1500);
  });
}

// The world's time runs on with the machine's.
const openedMs = Date.now();
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
function tick() {
  for (const clock of all("[data-now]")) {
    const ms = Number(clock.dataset.now) * 1000 + (Date.now() - openedMs);
    const at = new Date(ms);
    const iso = at.toISOString();
    const isLong = "nowLong" in clock.dataset;
    const day = `${at.getUTCDate()} ${months[at.getUTCMonth()]}`;
    const text = isLong
      ? `${iso.slice(0, 19).replace("T", " ")} UTC`
      : `${day} ${iso.slice(11, 19)}`;
    if (clock.textContent !== text) clock.textContent = text;
  }
}
if (one("[data-moving]") === null) setInterval(tick, 1000);

// Keys: "/" to jump, "?" for the list, "g" and a letter to go.
let isGoing = false;
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === "/") {
    event.preventDefault();
    one("#jump")?.focus();
  } else if (event.key === "?") {
    one("#keys")?.showModal();
  } else if (event.key === "p") {
    one("[data-pause]")?.click();
  } else if (isGoing) {
    one(`[data-go="${CSS.escape(event.key)}"]`)?.click();
  }
  isGoing = event.key === "g" && !isGoing;
});

// Long work: its progress, and the page anew when it is done.
const moving = one("[data-moving]");
async function follow() {
  const answer = await fetch(moving.dataset.moving).catch(() => undefined);
  const move = answer?.ok ? await answer.json() : undefined;
  if (move?.isDone) return location.reload();
  if (move !== undefined) {
    const bar = moving.querySelector("progress");
    if (move.percent !== null) bar.value = move.percent;
    moving.querySelector("[data-moving-now]").textContent = move.now;
  }
  setTimeout(follow, 400);
}
if (moving !== null) follow();

// The live stream: new rows at the top, or counted while it is paused.
const stream = one("[data-stream]");
if (stream !== null && one("[data-live]") !== null) {
  const rows = one("#event-rows");
  const said = one("[data-live-state]");
  const pause = one("[data-pause]");
  const following = one("[data-follow]");
  const waiting = [];
  const rowsAtMost = 500;
  let isPaused = false;
  one("[data-live]").hidden = false;

  const say = (tone, shape, words) => {
    said.className = `state ${tone}`;
    said.replaceChildren(Object.assign(document.createElement("span"), { textContent: shape }));
    said.firstChild.setAttribute("aria-hidden", "true");
    said.append(` ${words}`);
  };
  const tell = () => {
    if (isPaused) say("wait", "◐", `Paused, ${waiting.length} new`);
    else say("good", "●", "Live");
  };
  const add = ({ row }) => {
    const heightBefore = document.documentElement.scrollHeight;
    const held = document.createElement("template");
    held.innerHTML = row;
    const added = held.content.firstElementChild;
    if (one(`[data-event="${CSS.escape(added.dataset.event)}"]`) !== null) return;
    added.classList.add("fresh");
    rows.prepend(added);
    while (rows.children.length > rowsAtMost) rows.lastElementChild.remove();
    stream.querySelector("[data-empty]")?.remove();
    if (following.checked) return window.scrollTo({ top: 0 });
    window.scrollBy(0, document.documentElement.scrollHeight - heightBefore);
  };

  const source = new EventSource(stream.dataset.stream);
  source.addEventListener("ready", tell);
  source.addEventListener("error", () => say("bad", "▲", "Lost, connecting again"));
  source.addEventListener("event", ({ data }) => {
    const event = JSON.parse(data);
    if (isPaused) waiting.push(event);
    else add(event);
    tell();
  });
  pause.addEventListener("click", () => {
    isPaused = !isPaused;
    pause.textContent = isPaused ? "Resume" : "Pause";
    pause.setAttribute("aria-pressed", String(isPaused));
    if (!isPaused) for (const event of waiting.splice(0)) add(event);
    tell();
  });
  window.addEventListener("pagehide", () => source.close());
}
