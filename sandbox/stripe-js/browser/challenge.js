// Tells the page around a challenge that its holder has answered.
parent.postMessage({ source: "local-stripe", answered: true }, "*");
