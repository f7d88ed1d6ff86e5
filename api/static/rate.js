// Sends a resident's rating (R9.1, R9.2). The secret comes behind the # of the link: it goes into a
// header of the two requests below and nowhere else.
"use strict";

const SAYS = {
  zh: {
    title: "首问 · 评价", number: "编号 ", sending: "正在提交……", done: "谢谢，您的评价已收到。",
    pending: "您的评价已提交，正在登记。", rated: "您已经评价过了，谢谢。",
    closed: "评价已截止。", wrong: "链接不完整或已失效，请从短信中重新打开。",
    again: "暂时无法提交，请稍后再点一次。",
    unsigned: "凭据正在签名，请过一两分钟再点一次。", kept: "凭据已保存，可在 /receipt 核对。",
    away: "暂时取不到凭据，请稍后再点一次。",
  },
  en: {
    title: "Shouwen · Rate", number: "Number ", sending: "Sending …", done: "Thank you, your rating has arrived.",
    pending: "Your rating was sent and is being recorded.", rated: "You have rated already. Thank you.",
    closed: "The time to rate is over.", wrong: "The link is not whole, or no longer valid. Please open it from the message again.",
    again: "It could not be sent. Please try again in a while.",
    unsigned: "The receipt is being signed. Please try again in a minute or two.", kept: "The receipt is kept. It can be checked at /receipt.",
    away: "The receipt cannot be had now. Please try again in a while.",
  },
};

const language = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "zh";
const says = SAYS[language];
const caseId = decodeURIComponent(location.pathname.split("/").pop());
const secret = location.hash.slice(1);
const form = document.getElementById("form");
const told = document.getElementById("told");
const keep = document.getElementById("keep");
// One key for one page: sent twice, it has one effect.
const key = Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

function translate() {
  document.documentElement.lang = language;
  document.title = says.title;
  for (const element of document.querySelectorAll("[data-zh]")) {
    element.textContent = element.dataset[language];
  }
  const other = document.getElementById("other");
  other.lang = other.hreflang = language === "en" ? "zh" : "en";
  other.href = `?lang=${other.lang}${location.hash}`;
  document.getElementById("number").textContent = says.number + caseId;
}

function body() {
  const data = new FormData(form);
  return JSON.stringify({
    contacted: data.get("contacted") === "yes",
    solved: data.get("solved") === "yes",
    grade: Number(data.get("grade")),
    text: data.get("text").trim(),
  });
}

async function outcome(answer) {
  if (answer.status === 202) return ["pending", true];
  if (answer.ok) return ["done", true];
  if (answer.status === 401 || answer.status === 404) return ["wrong", true];
  const { code } = await answer.json().catch(() => ({}));
  // The key was used for other answers: an attempt that seemed to fail had arrived.
  if (code === "already_rated" || code === "idempotency_key_reused") return ["rated", true];
  return answer.status === 409 ? ["closed", true] : ["again", false];
}

async function send() {
  const answer = await fetch(`/api/v1/cases/${encodeURIComponent(caseId)}/rating`, {
    method: "POST",
    credentials: "omit",
    headers: {
      "Content-Type": "application/json",
      "Idempotency-Key": key,
      Authorization: `Rating ${secret}`,
    },
    body: body(),
  });
  return outcome(answer);
}

// The proof that the rating is in the record: a file, which the secret is not in.
async function receipt() {
  const answer = await fetch(`/api/v1/cases/${encodeURIComponent(caseId)}/receipt`, {
    credentials: "omit",
    headers: { Authorization: `Rating ${secret}` },
  });
  if (!answer.ok) return "away";
  const text = await answer.text();
  if (JSON.parse(text).pending) return "unsigned";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = `shouwen-${caseId}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  return "kept";
}

keep.addEventListener("click", async () => {
  keep.disabled = true;
  told.textContent = says[await receipt().catch(() => "away")];
  keep.disabled = false;
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  told.textContent = says.sending;
  let word = "again";
  let ended = false;
  try {
    [word, ended] = await send();
  } catch {
    // The network is away: the same key makes another try harmless.
  }
  told.textContent = says[word];
  form.hidden = ended;
  keep.hidden = !["done", "rated"].includes(word);
  button.disabled = false;
});

translate();
if (/^[a-z2-7]{10,}$/.test(secret)) {
  form.hidden = false;
} else {
  told.textContent = says.wrong;
}
