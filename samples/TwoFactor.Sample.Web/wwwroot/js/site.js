// Comforts only: every page works without this file.
(() => {
  'use strict';

  const textOf = element => element.matches('[data-codes]')
    ? Array.from(element.querySelectorAll('code'), code => code.textContent).join('\n')
    : element.textContent.trim();

  for (const button of document.querySelectorAll('[data-copy]')) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener('click', async () => {
      const status = button.parentElement.querySelector('[data-copy-status]');
      try {
        await navigator.clipboard.writeText(textOf(document.getElementById(button.dataset.copy)));
        status.textContent = 'Copied';
      } catch {
        status.textContent = 'Copying was not allowed';
      }
    });
  }

  for (const button of document.querySelectorAll('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  }

  // Moments come in UTC; show the reader's own time.
  for (const moment of document.querySelectorAll('time[datetime]')) {
    const date = new Date(moment.getAttribute('datetime'));
    moment.title = moment.textContent;
    moment.textContent = date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  }

  // The server says how many seconds are left, so a wrong clock on this side does no harm.
  for (const countdown of document.querySelectorAll('[data-countdown]')) {
    const end = performance.now() + Number(countdown.dataset.countdown) * 1000;
    // Not read out every second.
    countdown.setAttribute('aria-live', 'off');
    const timer = setInterval(show, 1000);
    show();
    function show() {
      const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
      const minutes = Math.floor(left / 60);
      const seconds = String(left % 60).padStart(2, '0');
      countdown.textContent = left === 0 ? 'You can sign in again now.' : `${minutes}:${seconds} left`;
      if (left === 0) clearInterval(timer);
    }
  }
})();
