// What is said aloud, by the browser's own voice. It can be turned off, and has a volume of its own.

export function createVoice({ speech = window.speechSynthesis, Utterance = window.SpeechSynthesisUtterance, lang = "en-US" } = {}) {
  let isOn = true;
  let volume = 1;
  const canSpeak = Boolean(speech && Utterance);

  const hush = () => canSpeak && speech.cancel();

  /** Says it now; what was being said is cut short, for it is over. */
  const say = (text) => {
    if (!canSpeak || !isOn || !volume || !text) return;
    hush();
    const line = new Utterance(text);
    line.lang = lang;
    line.volume = volume;
    speech.speak(line);
  };

  const set = (settings) => {
    isOn = settings.voice;
    volume = settings.voice_volume;
    if (!isOn) hush();
  };

  return { say, hush, set, canSpeak };
}
