using System.Collections;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using TwoFactor.AspNetCore.Tests.Endpoints.Support;

namespace TwoFactor.AspNetCore.Tests.Endpoints;

/// <summary>
/// Requests that no program of ours sends, at every endpoint: each is answered with a problem of a known code, nothing changes, and no answer speaks of
/// the inside. In the environment Development too, where the framework would show exceptions.
/// </summary>
[TestFixture("Production")]
[TestFixture("Development")]
internal sealed class HostileRequestTests(string environment)
{
    private ApiApp _app = null!;
    private ApiClient _ada = null!;
    private ApiClient _half = null!;
    private ApiClient _setup = null!;
    private int _writes;

    private IEnumerable<Operation> WithBody => Operation.AllOf(_app).Where(o => o.HasBody);

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _app = await ApiApp.StartAsync(new()
        {
            Environment = environment,
            Build = b => b.AddTwoFactorApi(o => (o.MaxBodyBytes, o.MaxPolicyBytes) = (16_384, 16_384)),
        });
        _ada = (await _app.EnrollAsync("ada")).Client;
        await _app.EnrollAsync("bob");
        _half = await _app.HalfSignInAsync("bob");
        await _app.RequireOfEveryoneAsync(ApiApp.Acme);
        _setup = await _app.HalfSignInAsync("eve");
        _writes = _app.Store.Writes;
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [TearDown]
    public void Nothing_was_written() => Assert.That(_app.Store.Writes, Is.EqualTo(_writes));

    [Test]
    public async Task Malformed_JSON_is_refused_everywhere()
    {
        string[] texts =
        [
            "{", "}", "{\"code\":}", "{\"code\":\"1\"", "{code:\"1\"}", "{'code':'1'}", "nul", "[", "{} {}", "{\"a\":1,}", "// x\n{}", "{\"a\":01}", "{\"a\":NaN}",
            "{\"a\":\"\u0001\"}", "{\"a\":1,\"a\":2}", new string('[', 10_000), string.Concat(Enumerable.Repeat("{\"a\":", 2_000)), "\ufeff{}", "<xml/>", "a=b",
        ];
        byte[][] bodies = [.. texts.Select(Encoding.UTF8.GetBytes), [0xff, 0xfe, 0x7b, 0x00], [0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d], [0]];
        foreach (var operation in WithBody)
        {
            foreach (var body in bodies) await RefusedAsync(operation, body, "json_malformed");
        }
    }

    [Test]
    public async Task JSON_of_another_shape_is_refused_everywhere()
    {
        foreach (var operation in WithBody)
        {
            foreach (var body in new[] { "null", "true", "1", "\"x\"", "[]", "[{}]", "{\"nobodyKnowsThis\":1}", "{\"__proto__\":{}}", "{\"$type\":\"System.Object\"}" })
                await RefusedAsync(operation, body, "body_invalid");
            foreach (var body in WrongTypes(operation)) await RefusedAsync(operation, body, "body_invalid");
        }
    }

    [Test]
    public async Task Half_a_surrogate_pair_is_no_text()
    {
        foreach (var operation in WithBody)
        {
            foreach (var (member, _) in Members(operation.BodyType!).Where(m => m.Type == typeof(string)))
            {
                var answer = await SendAsync(operation, Replaced(operation, member, "\"\\ud800\""));
                Assert.That((int)answer.Status, Is.InRange(400, 499), answer.ToString);
                Clean(answer);
            }
        }
    }

    [Test]
    public async Task A_missing_body_is_refused_everywhere()
    {
        foreach (var operation in WithBody)
        {
            await RefusedAsync(operation, Array.Empty<byte>(), "body_missing");
            await RefusedAsync(operation, null, "unsupported_media_type");
        }
    }

    [TestCase("text/plain")]
    [TestCase("application/xml")]
    [TestCase("application/json; charset=utf-16")]
    [TestCase("application/json; charset=\"iso-8859-1\"")]
    [TestCase("application/x-www-form-urlencoded")]
    [TestCase("multipart/form-data; boundary=x")]
    [TestCase("application/jsonp")]
    public async Task Another_media_type_is_refused_everywhere(string mediaType)
    {
        foreach (var operation in WithBody)
            await RefusedAsync(operation, ApiClient.Json(JsonSerializer.SerializeToUtf8Bytes(operation.Example), mediaType), "unsupported_media_type");
    }

    [Test]
    public async Task Too_large_a_body_is_refused_everywhere()
    {
        foreach (var operation in Operation.AllOf(_app).Where(o => o.BodyType is not null))
        {
            // Announced, and not announced.
            await RefusedRawAsync(operation, "Content-Length: 16385", "");
            await RefusedRawAsync(operation, "Transfer-Encoding: chunked", "4001\r\n" + new string(' ', 16_385) + "\r\n0\r\n");
        }

        async Task RefusedRawAsync(Operation operation, string header, string body)
        {
            var answer = await RawAsync(ClientOf(operation), $"{operation.Method} {operation.Path} HTTP/1.1", header, body);
            Assert.That(answer, Does.StartWith("HTTP/1.1 413").And.Contain("\"body_too_large\"").And.Contain("no-store"), operation.ToString());
        }
    }

    [Test]
    public async Task Unknown_repeated_and_senseless_parameters_are_refused_everywhere()
    {
        foreach (var operation in Operation.AllOf(_app))
        {
            var separator = operation.Path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var faults = new List<string> { operation.Path + separator + "nobodyKnowsThis=1", operation.Path + separator + "=", operation.Path + separator + "Organization=acme" };
            if (operation.IsAdministrative)
            {
                faults.Add(operation.Path + "&organization=globex");
                faults.Add(operation.Path.Replace("=acme", "=", StringComparison.Ordinal));
                faults.Add(operation.Path.Replace("=acme", "=" + new string('a', 129), StringComparison.Ordinal));
                faults.Add(operation.Path.Replace("=acme", "=a%0ab", StringComparison.Ordinal));
                faults.Add(operation.Path.Replace("=acme", "=%E2%80%AE", StringComparison.Ordinal));
            }

            foreach (var path in faults)
            {
                var answer = await ClientOf(operation).SendAsync(operation.Method, path, operation.Example);
                answer.MustBe("parameter_invalid");
                Assert.That(answer["errors"].GetArrayLength(), Is.EqualTo(1));
                Clean(answer);
            }
        }
    }

    [TestCase("a%2Fb")]
    [TestCase("a%252Fb")]
    [TestCase("a%5Cb")]
    [TestCase("~")]
    [TestCase("~%21")]
    [TestCase("~_w")]
    [TestCase("~YQ%3D%3D")]
    [TestCase("%20a")]
    [TestCase("a%0Ab")]
    [TestCase("%E2%80%AEbob")]
    [TestCase("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task What_is_no_user_in_a_path_is_refused_everywhere(string segment)
    {
        foreach (var operation in Operation.AllOf(_app).Where(o => o.Pattern.Contains("{user}", StringComparison.Ordinal)))
        {
            var answer = await ClientOf(operation).SendAsync(operation.Method, operation.Path.Replace("/bob", "/" + segment, StringComparison.Ordinal), operation.Example);
            answer.MustBe("parameter_invalid");
            Clean(answer);
        }
    }

    [TestCase("pageSize=0")]
    [TestCase("pageSize=501")]
    [TestCase("pageSize=-1")]
    [TestCase("pageSize=1e2")]
    [TestCase("pageSize=99999999999999999999")]
    [TestCase("after=%00")]
    [TestCase("after=x")]
    [TestCase("sort=1")]
    [TestCase("sort=Name")]
    [TestCase("enabled=yes")]
    [TestCase("descending=1")]
    [TestCase("status=Locked")]
    [TestCase("status=locked&status=0")]
    [TestCase("search=a&search=b")]
    public async Task A_senseless_list_is_refused(string parameters)
    {
        var answer = await _ada.GetAsync("/2fa/admin/users?organization=acme&" + parameters);
        answer.MustBe("parameter_invalid");
        Clean(answer);
    }

    [TestCase("from=yesterday")]
    [TestCase("from=2026-03-02")]
    [TestCase("from=2026-03-02T09:00:00")]
    [TestCase("until=2026-13-02T09:00:00Z")]
    [TestCase("until=10000-01-01T00:00:00Z")]
    [TestCase("after=1.2.account:")]
    [TestCase("after=99999999999999999.1.account:bob")]
    [TestCase("subject=%0a")]
    public async Task A_senseless_search_of_the_audit_trail_is_refused(string parameters)
    {
        var answer = await _ada.GetAsync("/2fa/admin/audit?organization=acme&" + parameters);
        answer.MustBe("parameter_invalid");
        Clean(answer);
    }

    [TestCase("Transfer-Encoding: chunked", "ZZ\r\nrubbish")]
    [TestCase("Transfer-Encoding: chunked", "5\r\n{\"a\":1}\r\nffffffffffffffff\r\n")]
    public async Task A_body_that_breaks_off_is_refused(string header, string body)
    {
        var answer = await RawAsync(_ada, "PUT /2fa/admin/policy?organization=acme HTTP/1.1", header, body);
        Assert.That(answer, Does.StartWith("HTTP/1.1 400").And.Contain("\"body_unreadable\""));
    }

    [Test]
    public async Task Methods_and_addresses_that_are_not_there_are_not_there()
    {
        foreach (var operation in Operation.AllOf(_app))
        {
            var answer = await ClientOf(operation).SendAsync(HttpMethod.Patch, operation.Path, null);
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.MethodNotAllowed), answer.ToString);
        }

        Assert.That((await _ada.GetAsync("/2fa/nothing")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await _ada.GetAsync("/2fa/admin/users/a/b/c")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private async Task RefusedAsync(Operation operation, object? body, string code)
    {
        var answer = await SendAsync(operation, body);
        Assert.That(answer.Code, Is.EqualTo(code), () => $"{answer} to {body as string}");
        answer.MustBe(code);
        Clean(answer);
    }

    private Task<Answer> SendAsync(Operation operation, object? body) => ClientOf(operation).SendAsync(operation.Method, operation.Path, body);

    private ApiClient ClientOf(Operation operation)
    {
        if (!operation.IsOfSignIn) return _ada;
        return operation.Pattern.Contains("enrollment", StringComparison.Ordinal) || operation.Pattern.Contains("complete", StringComparison.Ordinal) ? _setup : _half;
    }

    private static void Clean(Answer answer)
    {
        Assert.That((int)answer.Status, Is.InRange(400, 499), answer.ToString);
        foreach (var word in new[] { "   at ", "Exception", "System.", "TwoFactor.", ".cs:line", "Microsoft" }) Assert.That(answer.Text, Does.Not.Contain(word));
    }

    /// <summary>The example with each member in turn of a type that it has not, null where it must not be, or left out where it must be there.</summary>
    private static IEnumerable<string> WrongTypes(Operation operation)
    {
        foreach (var (member, type) in Members(operation.BodyType!))
        {
            string[] wrong = type switch
            {
                _ when type == typeof(string) => ["1", "true", "[]", "{}"],
                _ when type == typeof(bool) => ["1", "\"true\"", "null", "[]"],
                _ when type == typeof(DateTimeOffset) => ["1", "\"yesterday\"", "null", "\"2026-02-30T00:00:00Z\""],
                _ when type.IsPrimitive => ["\"1\"", "true", "null", "{}", "[1]"],
                _ when Nullable.GetUnderlyingType(type) is not null => ["\"1\"", "true", "{}"],
                _ when typeof(IEnumerable).IsAssignableFrom(type) => ["1", "{}", "null", "\"x\"", "[[]]", "[1]"],
                _ => ["1", "[]", "\"x\""],
            };
            foreach (var value in wrong) yield return Replaced(operation, member, value);
        }

        var required = Members(operation.BodyType!).Where(m => operation.BodyType!.GetProperty(Upper(m.Member))!.GetCustomAttributes().Any(a => a.GetType().Name == "RequiredMemberAttribute"));
        foreach (var (member, _) in required)
        {
            yield return Replaced(operation, member, null);
            yield return Replaced(operation, member, "null");
        }
    }

    private static IEnumerable<(string Member, Type Type)> Members(Type body) =>
        body.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => (JsonNamingPolicy.CamelCase.ConvertName(p.Name), p.PropertyType));

    private static string Upper(string member) => char.ToUpperInvariant(member[0]) + member[1..];

    private static string Replaced(Operation operation, string member, string? value)
    {
        var members = JsonSerializer.SerializeToElement(operation.Example).EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetRawText());
        if (value is null) members.Remove(member);
        else members[member] = value;
        return "{" + string.Join(',', members.Select(m => $"\"{m.Key}\":{m.Value}")) + "}";
    }

    private async Task<string> RawAsync(ApiClient client, string request, string header, string body)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(_app.Address.Host, _app.Address.Port);
        var stream = socket.GetStream();
        var cookies = string.Join("; ", client.Cookies.Select(c => $"{c.Key}={c.Value}"));
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{request}\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nCookie: {cookies}\r\nRequestVerificationToken: {client.Antiforgery}\r\n{header}\r\n\r\n{body}\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
